package com.astrobookings.logs.paging;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.testing.Http;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads all pages of an answer, one after the other. */
final class Reading {

  private final List<String> ids = new ArrayList<>();
  private final List<Long> totals = new ArrayList<>();

  /**
   * Reads to the end.
   *
   * @param limit the size of each page
   * @param address where a page is asked for, given its parameters; called once for each page
   */
  static Reading of(String parameters, int limit, Function<String, URI> address) {
    return of(parameters, limit, address, cursor -> cursor);
  }

  /**
   * Reads to the end, going on from other places than the pages say.
   *
   * @param other the cursor to take in place of a page's
   */
  static Reading of(
      String parameters, int limit, Function<String, URI> address, UnaryOperator<String> other) {
    Reading reading = new Reading();
    String all = parameters + "&total=exact&limit=" + limit;
    String next = reading.page(limit, address.apply(all));
    while (next != null) {
      next = reading.page(limit, address.apply(all + "&cursor=" + other.apply(next)));
    }
    return reading;
  }

  /** The ids of all pages, in their order. */
  List<String> ids() {
    return ids;
  }

  /** How many events each page's search saw in all, page by page. */
  List<Long> totals() {
    return totals;
  }

  private @Nullable String page(int limit, URI address) {
    JsonNode page = get(address);
    page.path("logs").forEach(event -> ids.add(event.path("id").asString()));
    totals.add(page.at("/total/value").asLong());
    assertThat(page.path("logs").size()).isLessThanOrEqualTo(limit);
    JsonNode next = page.path("next");
    return next.isString() ? next.asString() : null;
  }

  private static JsonNode get(URI address) {
    HttpResponse<String> answer = Http.get(address);
    assertThat(answer.statusCode()).as("%s: %s", address, answer.body()).isEqualTo(200);
    return Http.json(answer);
  }
}
