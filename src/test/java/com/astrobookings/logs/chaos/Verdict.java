package com.astrobookings.logs.chaos;

import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.testing.ListedEvents;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares what was answered with what is stored.
 *
 * @param stored how many events there are
 * @param lost acknowledged events that are not stored, or with other content
 * @param doubled stored events that reads return more than once
 * @param unasked stored events that were not acknowledged
 * @param tail events that the tail sent not at all, or more than once
 * @param other answers that contradict each other or the contract
 */
record Verdict(
    int stored,
    List<String> lost,
    List<String> doubled,
    List<String> unasked,
    List<String> tail,
    List<String> other) {

  /** Everything that must not be. */
  List<String> violations() {
    List<String> all = new ArrayList<>(other);
    lost.forEach(id -> all.add("lost: " + id));
    doubled.forEach(id -> all.add("doubled: " + id));
    unasked.forEach(id -> all.add("not acknowledged, but stored: " + id));
    tail.forEach(id -> all.add("tail: " + id));
    return all;
  }

  /** Reads everything that is stored, and judges. */
  static Verdict of(URI service, String source, Receipts receipts, Map<String, Long> tail) {
    List<String> doubled = new ArrayList<>();
    Map<String, JsonNode> stored = stored(service, source, doubled);
    Map<String, ObjectNode> acknowledged = receipts.acknowledged();
    List<String> lost =
        acknowledged.entrySet().stream()
            .filter(event -> !event.getValue().equals(stored.get(event.getKey())))
            .map(event -> event.getKey() + " is " + stored.get(event.getKey()))
            .toList();
    List<String> unasked =
        stored.keySet().stream().filter(id -> !acknowledged.containsKey(id)).toList();
    List<String> other = new ArrayList<>(receipts.contradictions());
    other.addAll(deadLetters(service, receipts));
    return new Verdict(stored.size(), lost, doubled, unasked, tail(stored.keySet(), tail), other);
  }

  private static List<String> tail(Set<String> stored, Map<String, Long> tail) {
    return stored.stream()
        .filter(id -> tail.getOrDefault(id, 0L) != 1)
        .map(id -> id + " was sent " + tail.getOrDefault(id, 0L) + " times")
        .toList();
  }

  private static Map<String, JsonNode> stored(URI service, String source, List<String> doubled) {
    Map<String, JsonNode> stored = new TreeMap<>();
    URI list = service.resolve("/api/v1/logs?limit=1000&total=none&source=" + source);
    for (ObjectNode event : ListedEvents.all(list)) {
      String id = event.path("id").asString();
      event.remove("receivedAt");
      if (stored.put(id, event) != null) {
        doubled.add(id);
      }
    }
    return stored;
  }

  /** What was accepted in an outage and turned out to be in conflict is kept, and nothing else. */
  private static List<String> deadLetters(URI service, Receipts receipts) {
    HttpResponse<String> answer =
        Http.get(service.resolve("/api/v1/admin/dead-letters?limit=1000"));
    List<String> kept = new ArrayList<>();
    Http.json(answer)
        .path("deadLetters")
        .forEach(letter -> kept.add(letter.at("/event/id").asString()));
    return kept.containsAll(receipts.lateConflicts()) && receipts.altered().containsAll(kept)
        ? List.of()
        : List.of(
            "dead letters are %s, expected %s".formatted(answer.body(), receipts.lateConflicts()));
  }
}
