package com.astrobookings.logs.local;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configures the local node that is started when {@code spring.elasticsearch.uris} is not set.
 *
 * @param data folder of the node's data, created with access for its owner alone; the node keeps to
 *     the sub-folder {@code elasticsearch}
 * @param heap memory of the node, at least 256 MB
 * @param startTimeout how long the node may take to respond before the start fails
 */
@ConfigurationProperties("logs.local")
record LocalNodeProperties(
    // Not a Path: Spring would look for that on the class path first.
    @DefaultValue("./data") String data,
    @DefaultValue("512MB") DataSize heap,
    @DefaultValue("2m") Duration startTimeout) {
  private static final DataSize MIN_HEAP = DataSize.ofMegabytes(256);

  LocalNodeProperties {
    if (heap.compareTo(MIN_HEAP) < 0) {
      throw new IllegalArgumentException("logs.local.heap must be at least 256MB");
    }
    if (!startTimeout.isPositive()) {
      throw new IllegalArgumentException("logs.local.start-timeout must be positive");
    }
  }
}
