package com.astrobookings.logs.ingest.spooling;

import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.spool.DeadLetter.Failure;
import com.astrobookings.logs.spool.WaitingEntry;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Conflict;
import com.astrobookings.logs.store.WriteOutcome.Defect;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Spooled;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Some consecutive events of one month that wait in the spool, and what became of them. */
final class Batch {

  private final List<WaitingEntry> entries = new ArrayList<>();
  private final List<StoredEvent> events = new ArrayList<>();
  private final List<WaitingEntry> delivered = new ArrayList<>();
  private final List<StoredEvent> stored = new ArrayList<>();
  private final Map<WaitingEntry, Failure> dead = new LinkedHashMap<>();
  private final long last;
  private @Nullable Unavailable unavailable;

  private Batch(long last) {
    this.last = last;
  }

  /**
   * Decodes entries.
   *
   * @param waiting at least one
   */
  static Batch of(List<WaitingEntry> waiting, Instant now) {
    Batch batch = new Batch(waiting.getLast().position());
    for (WaitingEntry entry : waiting) {
      try {
        batch.events.add(EventDocument.read(entry.entry().value()));
        batch.entries.add(entry);
      } catch (RuntimeException unreadable) {
        batch.bury(entry, DeadLetterReason.UNREADABLE, "The entry of the spool is no event.", now);
      }
    }
    return batch;
  }

  /** Returns the events, in their order; those that are unreadable are left out. */
  List<StoredEvent> events() {
    return events;
  }

  /** Returns the position of the last entry. */
  long last() {
    return last;
  }

  /** Notes what became of each of the events. */
  void settle(List<WriteOutcome> outcomes, Instant now) {
    for (int i = 0; i < outcomes.size(); i++) {
      WaitingEntry entry = entries.get(i);
      switch (outcomes.get(i)) {
        case Stored(), Duplicate() -> {
          delivered.add(entry);
          stored.add(events.get(i));
        }
        case Conflict() ->
            bury(
                entry,
                DeadLetterReason.CONFLICT,
                "Another event was stored under this id while this one waited.",
                now);
        case Rejected(var reason) -> bury(entry, DeadLetterReason.REJECTED, reason, now);
        case Defect() ->
            bury(
                entry,
                DeadLetterReason.DEFECT,
                "The service fails on this event; its log says how.",
                now);
        case Unavailable reason -> unavailable = reason;
        case Spooled() -> throw new IllegalStateException("a store has no spool");
      }
    }
  }

  private void bury(WaitingEntry entry, DeadLetterReason reason, String detail, Instant now) {
    dead.put(entry, new Failure(reason.label(), detail, now));
  }

  /** Returns the entries that are stored. */
  List<WaitingEntry> delivered() {
    return delivered;
  }

  /** Returns the events of {@link #delivered()}. */
  List<StoredEvent> stored() {
    return stored;
  }

  /** Returns the entries that can never be stored. */
  Map<WaitingEntry, Failure> dead() {
    return dead;
  }

  /** Returns why some events go on waiting; null if none does. */
  @Nullable Unavailable unavailable() {
    return unavailable;
  }

  /** Whether at least one event waits no longer. */
  boolean progressed() {
    return !delivered.isEmpty() || !dead.isEmpty();
  }
}
