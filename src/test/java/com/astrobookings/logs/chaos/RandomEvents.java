package com.astrobookings.logs.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes valid events of all types in this month and the last ones, as the service itself writes
 * them. Not safe for several threads.
 */
final class RandomEvents {

  private static final int MAX_AGE_DAYS = 40;

  private final Random random;
  private final String source;
  private final String prefix;
  private long made;

  /**
   * With ids that begin with {@code prefix}.
   *
   * @param source of all events
   */
  RandomEvents(long seed, String source, String prefix) {
    this.source = source;
    this.random = new Random(seed);
    this.prefix = prefix;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  ObjectNode next() {
    ObjectNode event = JsonMapper.shared().createObjectNode();
    String[] types = {"AUTH", "AUTH", "AUTH", "NOTIFY", "NOTIFY", "ERROR", "RECONCILE"};
    String type = types[random.nextInt(types.length)];
    event.put("type", type);
    event.put("id", prefix + made++);
    event.put("timestamp", timestamp());
    event.put("source", source);
    switch (type) {
      case "AUTH" -> {
        event.put("userId", "user-" + random.nextInt(1_000));
        event.put("ipAddress", "192.0.2." + random.nextInt(256));
        event.put("result", random.nextInt(4) == 0 ? "FAIL" : "SUCCESS");
      }
      case "NOTIFY" -> {
        event.put("jobId", "job-" + random.nextInt(100_000));
        event.put("notificationType", "BOOKING_CONFIRMATION");
        event.put("recipient", "user-" + random.nextInt(1_000) + "@example.com");
        event.put("status", random.nextInt(9) == 0 ? "FAIL" : "SUCCESS");
      }
      case "ERROR" -> {
        event.put("errorCode", "BKG-" + random.nextInt(1_000));
        event.put("errorMessage", "Booking " + random.nextInt() + " could not be completed");
        event.put("stackTrace", "java.lang.IllegalStateException: x\n\tat com.a.B.c(B.java:1)");
      }
      default -> {
        event.put("process", "CustomerDB");
        event.put("recordsProcessed", random.nextInt(1_000_000));
        event.put("discrepanciesFound", random.nextInt(10));
        event.put("timeTakenSeconds", random.nextInt(1_000) + 0.25);
      }
    }
    return event;
  }

  /** The same event with another content. */
  ObjectNode altered(ObjectNode event) {
    ObjectNode altered = event.deepCopy();
    altered.put("traceId", "another");
    return altered;
  }

  /** An event that lacks what its type requires. */
  ObjectNode invalid() {
    ObjectNode event = JsonMapper.shared().createObjectNode();
    event.put("type", "AUTH");
    event.put("id", prefix + "invalid-" + made++);
    event.put("timestamp", timestamp());
    return event;
  }

  private String timestamp() {
    long back = random.nextLong(Duration.ofDays(MAX_AGE_DAYS).toMillis());
    // An odd number of nanoseconds, which no format shortens.
    return Instant.now()
        .minusMillis(back)
        .truncatedTo(ChronoUnit.SECONDS)
        .plusNanos(random.nextInt(100_000_000) * 10L + 1)
        .toString();
  }
}
