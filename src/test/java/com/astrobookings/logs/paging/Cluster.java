package com.astrobookings.logs.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a cluster says about itself. */
final class Cluster {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final URI node;

  Cluster(URI node) {
    this.node = node;
  }

  /** Returns when each of two months has a primary and a replica. */
  void awaitReplicas() throws Exception {
    JsonNode state =
        get("/_cluster/health/astrobookings-events-*?wait_for_status=green&timeout=300s");
    assertThat(state.path("status").asString()).as("%s", state).isEqualTo("green");
    assertThat(state.path("active_primary_shards").asInt()).as("%s", state).isEqualTo(2);
    assertThat(state.path("active_shards").asInt()).as("%s", state).isEqualTo(4);
  }

  /** How many searches each node has answered so far, by its name. */
  Map<String, Long> searches() throws Exception {
    Map<String, Long> searches = new TreeMap<>();
    get("/_nodes/stats/indices/search")
        .path("nodes")
        .forEach(it ->
            searches.put(
                it.path("name").asString(), it.at("/indices/search/query_total").asLong()));
    return searches;
  }

  private JsonNode get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve(path)).timeout(Duration.ofMinutes(6)).build();
    return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
  }
}
