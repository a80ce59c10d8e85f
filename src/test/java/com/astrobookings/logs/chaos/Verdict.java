package com.astrobookings.logs.chaos;

import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.testing.ListedEvents;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

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
  static Verdict of(URI service, String source, Receipts receipts, Map<String, Integer> tail) {
    Map<String, String> acknowledged = receipts.acknowledged();
    Set<String> stored = new TreeSet<>();
    List<String> lost = new ArrayList<>();
    List<String> doubled = new ArrayList<>();
    URI list = service.resolve("/api/v1/logs?limit=1000&total=none&source=" + source);
    ListedEvents.forEach(
        list,
        event -> {
          String id = event.path("id").asString();
          event.remove("receivedAt");
          if (!stored.add(id)) {
            doubled.add(id);
          }
          String sent = acknowledged.get(id);
          if (sent != null && !event.equals(JsonMapper.shared().readTree(sent))) {
            lost.add(id + " is " + event);
          }
        });
    acknowledged.keySet().stream()
        .filter(id -> !stored.contains(id))
        .forEach(id -> lost.add(id + " was answered " + receipts.answers(id)));
    List<String> unasked = stored.stream().filter(id -> !acknowledged.containsKey(id)).toList();
    List<String> other = new ArrayList<>(receipts.contradictions());
    other.addAll(deadLetters(service, receipts));
    return new Verdict(stored.size(), lost, doubled, unasked, tail(stored, tail), other);
  }

  private static List<String> tail(Set<String> stored, Map<String, Integer> tail) {
    return stored.stream()
        .filter(id -> tail.getOrDefault(id, 0) != 1)
        .map(id -> id + " was sent " + tail.getOrDefault(id, 0) + " times")
        .toList();
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
