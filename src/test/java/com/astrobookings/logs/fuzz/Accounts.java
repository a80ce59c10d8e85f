package com.astrobookings.logs.fuzz;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adds up what receipts say, to be compared with what the service has counted. Safe for use by
 * several threads.
 */
final class Accounts {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String RECEIVED = "received";

  private final ConcurrentMap<String, Long> items = new ConcurrentHashMap<>();

  /** Takes the answer to a write; one without a receipt counts nothing. */
  void add(String answer) {
    JsonNode receipt = JSON.readTree(answer);
    if (!receipt.has(RECEIVED)) {
      return;
    }
    receipt.forEachEntry((name, count) -> {
      if (count.isIntegralNumber() && !name.equals("failed") && !name.equals("status")) {
        items.merge(name, count.asLong(), Long::sum);
      }
    });
  }

  /** How many events were received, and how many came to each status; none is left out. */
  Map<String, Long> receipts() {
    Map<String, Long> all = new TreeMap<>(items);
    all.values().removeIf(count -> count == 0);
    return all;
  }

  /** The same as the service has counted it so far. */
  static Map<String, Long> counted(MeterRegistry registry) {
    Map<String, Long> all = new TreeMap<>();
    all.put(RECEIVED, (long) registry.get("logs.events.received").counter().count());
    for (Counter counter : registry.get("logs.events.items").counters()) {
      all.merge(counter.getId().getTag("status"), (long) counter.count(), Long::sum);
    }
    return all;
  }

  /** What was counted meanwhile. */
  static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> difference = new TreeMap<>();
    after.forEach((name, count) -> difference.put(name, count - before.getOrDefault(name, 0L)));
    difference.values().removeIf(count -> count == 0);
    return difference;
  }
}
