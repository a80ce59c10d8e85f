package com.astrobookings.logs.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What producers sent and what they were answered. Safe for use by several threads. */
final class Receipts {

  /** An item with one of these statuses is a promise. */
  private static final Set<String> ACKNOWLEDGED = Set.of("stored", "duplicate", "spooled");

  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Set<String> altered = ConcurrentHashMap.newKeySet();
  private final Set<String> lateConflicts = ConcurrentHashMap.newKeySet();
  private final Map<String, LongAdder> statuses = new ConcurrentSkipListMap<>();
  private final Queue<String> contradictions = new ConcurrentLinkedQueue<>();
  private final AtomicLong slowest = new AtomicLong();
  private final AtomicLong lastStored = new AtomicLong();

  /** Notes an item of an event that was sent in earnest. */
  void original(ObjectNode event, String status, boolean again) {
    count(status);
    String id = event.path("id").asString();
    answers.merge(id, status + " at " + Instant.now(), "%s, %s"::formatted);
    if (ACKNOWLEDGED.contains(status)) {
      if (status.equals("stored") && acknowledged.containsKey(id)) {
        contradictions.add(id + " was stored after it had been acknowledged");
      }
      acknowledged.put(id, event.toString());
    } else {
      contradictions.add(id + " is valid and was answered " + status + (again ? " again" : ""));
    }
  }

  /** Notes an item of an event that has the id of an acknowledged one and other content. */
  void conflict(String id, String status) {
    count(status);
    altered.add(id);
    if (status.equals("spooled") || status.equals("duplicate")) { // of one that waits in the spool
      lateConflicts.add(id);
    } else if (!status.equals("conflict")) {
      contradictions.add("other content of " + id + " was answered " + status);
    }
  }

  /** Notes an item of an event that is not valid. */
  void invalid(String id, String status) {
    count(status);
    if (!status.equals("invalid")) {
      contradictions.add(id + " is not valid and was answered " + status);
    }
  }

  /** Notes a whole answer, whose counts must add up. */
  void answer(JsonNode receipt, int sent, Duration taken) {
    slowest.accumulateAndGet(taken.toMillis(), Math::max);
    long sum = 0;
    for (String status : new String[] {"stored", "duplicate", "spooled", "conflict"}) {
      sum += receipt.path(status).asLong();
    }
    for (String status : new String[] {"invalid", "rejected", "refused"}) {
      sum += receipt.path(status).asLong();
    }
    if (sum != sent || receipt.path("received").asLong() != sent) {
      contradictions.add("the counts for %d events do not add up: %s".formatted(sent, receipt));
    }
    if (receipt.path("stored").asLong() > 0) {
      lastStored.accumulateAndGet(System.nanoTime(), Math::max);
    }
  }

  private void count(String status) {
    statuses.computeIfAbsent(status, added -> new LongAdder()).increment();
  }

  /** How many events are acknowledged so far. */
  int size() {
    return acknowledged.size();
  }

  /** The acknowledged events as JSON by id, in the order of ids. */
  Map<String, String> acknowledged() {
    return new TreeMap<>(acknowledged);
  }

  /** What an event was answered, and when. */
  String answers(String id) {
    return answers.getOrDefault(id, "nothing");
  }

  /** Ids whose other content was accepted while Elasticsearch was away. */
  Set<String> lateConflicts() {
    return Set.copyOf(lateConflicts);
  }

  /** Ids that were also sent with other content. */
  Set<String> altered() {
    return Set.copyOf(altered);
  }

  Queue<String> contradictions() {
    return contradictions;
  }

  Map<String, LongAdder> statuses() {
    return statuses;
  }

  /** The longest time until a request was answered. */
  Duration slowest() {
    return Duration.ofMillis(slowest.get());
  }

  /** The {@link System#nanoTime()} of the last answer with a stored event. */
  long lastStored() {
    return lastStored.get();
  }
}
