package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.Decoded;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.store.WriteOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a receipt says about one event.
 *
 * @param id the id that counts, or null if the event has none
 * @param timestamp the timestamp that counts, or null if the event has none
 * @param status what became of it
 * @param overloaded whether it was refused because too much was sent at once
 * @param message what to do, if there is something to do that the violations do not say
 * @param violations why it is invalid
 */
record Item(
    @Nullable String id,
    @Nullable Instant timestamp,
    ItemStatus status,
    boolean overloaded,
    @Nullable String message,
    List<Violation> violations) {

  static Item of(Decoded.Invalid invalid) {
    return new Item(
        invalid.id(), invalid.timestamp(), ItemStatus.INVALID, false, null, invalid.violations());
  }

  static Item of(LogEvent event, WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Stored stored -> of(event, ItemStatus.STORED, null);
      case WriteOutcome.Duplicate duplicate -> of(event, ItemStatus.DUPLICATE, null);
      case WriteOutcome.Conflict conflict ->
          of(
              event,
              ItemStatus.CONFLICT,
              "Another event of this month has the same id. Send this one under an id of its own.");
      case WriteOutcome.Rejected rejected -> of(event, ItemStatus.REJECTED, rejected.reason());
      case WriteOutcome.Unavailable unavailable ->
          new Item(
              event.id(),
              event.timestamp(),
              ItemStatus.REFUSED,
              unavailable.overloaded(),
              "Send the event again with this id and this timestamp; it is stored once.",
              List.of());
    };
  }

  private static Item of(LogEvent event, ItemStatus status, @Nullable String message) {
    return new Item(event.id(), event.timestamp(), status, false, message, List.of());
  }
}
