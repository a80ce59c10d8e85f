package com.astrobookings.logs.kibana;

import tools.jackson.databind.JsonNode;

/**
 * An alert rule as it is in its file.
 *
 * @param id the name of the file, which becomes the id in Kibana
 * @param body what Kibana is sent
 */
public record Rule(String id, JsonNode body) {

  /** What the rule looks for, and when it fires. */
  public JsonNode params() {
    return body.path("params");
  }

  /** The query part of the search that the rule runs. */
  public JsonNode query() {
    return Assets.JSON.readTree(params().path("esQuery").asString()).path("query");
  }

  /** The first, and here the only, threshold. */
  public double threshold() {
    return params().path("threshold").path(0).asDouble();
  }

  @Override
  public String toString() {
    return id;
  }
}
