package com.astrobookings.logs.elastic;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Elasticsearch is used. Where it is and how to log in there is {@code spring.elasticsearch}.
 *
 * @param shards primary shards of each new monthly index
 * @param connections most connections to one Elasticsearch node
 * @param readTimeout how long one read may take before it fails
 */
@ConfigurationProperties("logs.elasticsearch")
record ElasticProperties(
    @DefaultValue("1") int shards,
    @DefaultValue("32") int connections,
    @DefaultValue("30s") Duration readTimeout) {

  ElasticProperties {
    positive(shards, "shards");
    positive(connections, "connections");
    if (readTimeout.isNegative() || readTimeout.isZero()) {
      throw new IllegalArgumentException("logs.elasticsearch.read-timeout must be positive");
    }
  }

  private static void positive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "logs.elasticsearch." + name + " must be at least 1, not " + value);
    }
  }
}
