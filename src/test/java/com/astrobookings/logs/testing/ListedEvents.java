package com.astrobookings.logs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads whole lists of events. */
public final class ListedEvents {

  private ListedEvents() {}

  /** The events of a list and of all pages that follow it; fails if one of them is refused. */
  public static List<ObjectNode> all(URI list) {
    List<ObjectNode> events = new ArrayList<>();
    forEach(list, events::add);
    return events;
  }

  /** Does the same without keeping them. */
  public static void forEach(URI list, Consumer<ObjectNode> events) {
    URI next = list;
    while (next != null) {
      URI page = next;
      HttpResponse<String> answer = Http.get(page);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      for (JsonNode event : Http.json(answer).path("logs")) {
        events.accept((ObjectNode) event);
      }
      next =
          answer
              .headers()
              .firstValue("Link")
              .map(link -> page.resolve(link.substring(1, link.indexOf('>'))))
              .orElse(null);
    }
  }
}
