package com.astrobookings.logs.kibana.panels;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.elastic.index.ServiceIndex;
import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.local.TestElasticsearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Months of events in the Elasticsearch of the run, which are gone when this is closed. */
public final class EventIndices implements AutoCloseable {

  private final URI node = TestElasticsearch.uri();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Set<String> created = new TreeSet<>();

  /** Makes an index like the service's for {@code month}, without events. */
  public String create(YearMonth month) {
    ServiceIndex index = ServiceIndex.of(month);
    if (created.add(index.name())) {
      send("DELETE", index.name() + "?ignore_unavailable=true", "");
      send("PUT", index.name(), index.body());
    }
    return index.name();
  }

  /** Stores the events in the months of their timestamps, visible to searches. */
  public void add(List<StoredEvent> events) {
    StringBuilder bulk = new StringBuilder();
    for (StoredEvent stored : events) {
      String index = create(YearMonth.from(stored.event().timestamp().atOffset(ZoneOffset.UTC)));
      bulk.append("{\"create\":{\"_index\":\"%s\",\"_id\":\"%s\"}}\n".formatted(index, id(stored)))
          .append(new String(EventDocument.write(stored), StandardCharsets.UTF_8))
          .append('\n');
    }
    JsonNode answer = send("POST", "_bulk?refresh=true", bulk.toString());
    assertThat(answer.path("errors").asBoolean()).as(answer.toString()).isFalse();
  }

  /** Searches, and fails the test unless all shards answered. */
  public JsonNode search(String indices, String request) {
    JsonNode answer =
        send("POST", indices + "/_search?ignore_unavailable=true&allow_no_indices=true", request);
    assertThat(answer.at("/_shards/failed").asInt()).as(answer.toString()).isZero();
    assertThat(answer.path("timed_out").asBoolean()).isFalse();
    return answer;
  }

  /** How the fields can be used, as Kibana learns it. */
  JsonNode fieldCapabilities(String index, String fields) {
    return send("GET", index + "/_field_caps?fields=" + fields, "").path("fields");
  }

  @Override
  public void close() {
    created.forEach(index -> send("DELETE", index, ""));
    client.close();
  }

  private static String id(StoredEvent stored) {
    return stored.event().id();
  }

  private JsonNode send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve("/" + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(60))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode())
          .as("%s %s\n%s\n%s", method, path, body, answer.body())
          .isLessThan(300);
      assertThat(answer.headers().allValues("Warning")).isEmpty();
      return Assets.JSON.readTree(answer.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(failure);
    }
  }
}
