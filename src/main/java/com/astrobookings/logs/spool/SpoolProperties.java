package com.astrobookings.logs.spool;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Configures the spool, which keeps events on disk while Elasticsearch is unavailable.
 *
 * @param enabled whether there is a spool. Without one, events are refused while Elasticsearch is
 *     unavailable
 * @param directory its folder, created with access for its owner alone, for one instance of the
 *     service
 * @param maxSize what the spool takes on disk at most, at least 16 MB; then events are refused
 * @param reserve how much of the disk stays free: with less, events are refused, so that there is
 *     room to record which events were stored
 */
@ConfigurationProperties("logs.spool")
record SpoolProperties(
    @DefaultValue("true") boolean enabled,
    // Not a Path: Spring would look for that on the class path first.
    @DefaultValue("./data/spool") String directory,
    @DefaultValue("1GB") DataSize maxSize,
    @DefaultValue("64MB") DataSize reserve) {

  private static final DataSize MIN_SIZE = DataSize.ofMegabytes(16);
  private static final DataSize MIN_RESERVE = DataSize.ofMegabytes(8);

  SpoolProperties {
    if (maxSize.compareTo(MIN_SIZE) < 0) {
      throw new IllegalArgumentException("logs.spool.max-size must be at least 16MB");
    }
    if (reserve.compareTo(MIN_RESERVE) < 0) {
      throw new IllegalArgumentException("logs.spool.reserve must be at least 8MB");
    }
  }
}
