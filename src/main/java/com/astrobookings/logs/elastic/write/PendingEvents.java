package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Holds the events of one write and what became of each, by position. Outcomes come in from several
 * threads.
 */
final class PendingEvents {

  private static final WriteOutcome OPEN =
      new Unavailable(false, "Elasticsearch did not answer in time");

  private final List<StoredEvent> events;
  private final AtomicReferenceArray<WriteOutcome> outcomes;

  PendingEvents(List<StoredEvent> events) {
    this.events = events;
    this.outcomes = new AtomicReferenceArray<>(events.size());
  }

  StoredEvent stored(int position) {
    return events.get(position);
  }

  LogEvent event(int position) {
    return events.get(position).event();
  }

  String id(int position) {
    return event(position).id();
  }

  void settle(int position, WriteOutcome outcome) {
    outcomes.set(position, outcome);
  }

  /** Returns null as long as it is not known what becomes of the event. */
  @Nullable WriteOutcome outcome(int position) {
    return outcomes.get(position);
  }

  /** Returns the outcomes in the order of the events; events without one are unavailable. */
  List<WriteOutcome> outcomes() {
    List<WriteOutcome> list = new ArrayList<>(outcomes.length());
    for (int i = 0; i < outcomes.length(); i++) {
      WriteOutcome outcome = outcomes.get(i);
      list.add(outcome == null ? OPEN : outcome);
    }
    return list;
  }

  /** Returns the positions of each month's events, in the order of the events. */
  Map<MonthIndex, List<Integer>> byMonth() {
    Map<MonthIndex, List<Integer>> months = new LinkedHashMap<>();
    List<Integer> positions = List.of();
    Instant start = Instant.MAX;
    Instant end = Instant.MAX;
    for (int i = 0; i < events.size(); i++) {
      Instant timestamp = event(i).timestamp();
      // Neighbours are usually of the same month, and comparing is far cheaper than the calendar.
      if (timestamp.isBefore(start) || !timestamp.isBefore(end)) {
        MonthIndex month = MonthIndex.of(timestamp);
        positions = months.computeIfAbsent(month, m -> new ArrayList<>());
        start = month.start();
        end = month.end();
      }
      positions.add(i);
    }
    return months;
  }
}
