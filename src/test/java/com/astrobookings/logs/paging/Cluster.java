package com.astrobookings.logs.paging;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.testing.Http;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a cluster says about itself. */
final class Cluster {

  private final URI node;

  Cluster(URI node) {
    this.node = node;
  }

  /** Waits until the current month and the two that are written have a primary and a replica. */
  void awaitReplicas() {
    JsonNode state =
        get("/_cluster/health/astrobookings-events-*?wait_for_status=green&timeout=300s");
    assertThat(state.path("status").asString()).as("%s", state).isEqualTo("green");
    assertThat(state.path("active_primary_shards").asInt()).as("%s", state).isEqualTo(3);
    assertThat(state.path("active_shards").asInt()).as("%s", state).isEqualTo(6);
  }

  /** How many searches each node has answered so far, by its name. */
  Map<String, Long> searches() {
    Map<String, Long> searches = new TreeMap<>();
    get("/_nodes/stats/indices/search")
        .path("nodes")
        .forEach(it ->
            searches.put(
                it.path("name").asString(), it.at("/indices/search/query_total").asLong()));
    return searches;
  }

  private JsonNode get(String path) {
    return Http.json(Http.get(node.resolve(path)));
  }
}
