package com.astrobookings.logs.ingest.spooling;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The months whose events go to the spool at once, because the store was unavailable to one of
 * them, until an event of the spool has been stored. The partitions of the spool are months. Safe
 * for use by several threads.
 */
final class UnavailableMonths {

  private static final Logger log = LoggerFactory.getLogger(UnavailableMonths.class);

  private final ConcurrentMap<String, String> reasons = new ConcurrentHashMap<>();

  /** Returns the month of a timestamp, in UTC. */
  static String of(Instant timestamp) {
    var date = timestamp.atOffset(ZoneOffset.UTC);
    int month = date.getMonthValue();
    return date.getYear() + (month < 10 ? "-0" : "-") + month;
  }

  boolean isEmpty() {
    return reasons.isEmpty();
  }

  boolean contains(String month) {
    return reasons.containsKey(month);
  }

  /** Returns the months with the reasons. */
  Map<String, String> all() {
    return new TreeMap<>(reasons);
  }

  /** Adds a month; does nothing if it is there. */
  void add(String month, String reason) {
    if (reasons.putIfAbsent(month, reason) == null) {
      log.warn(
          "Elasticsearch does not take events of {}, which are spooled from now on: {}",
          month,
          reason);
    }
  }

  /**
   * Removes a month; does nothing if it is not there.
   *
   * @param waiting how many of its events wait in the spool
   */
  void remove(String month, long waiting) {
    if (reasons.remove(month) != null) {
      log.info(
          "Elasticsearch takes events of {} again; {} of the spool remain to be stored",
          month,
          waiting);
    }
  }
}
