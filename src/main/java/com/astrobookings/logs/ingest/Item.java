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
 * @param refusal why it was refused; null if it was not
 * @param message what to do, if there is something to do that the violations do not say
 * @param violations why it is invalid
 */
record Item(
    @Nullable String id,
    @Nullable Instant timestamp,
    ItemStatus status,
    @Nullable Refusal refusal,
    @Nullable String message,
    List<Violation> violations) {

  /** Why there is no room for an event now. */
  enum Refusal {
    /** Too much was sent at once. */
    OVERLOAD,
    /** The store is out of service. */
    UNAVAILABLE,
    /** The service fails on this very event. */
    DEFECT
  }

  static Item of(Decoded.Invalid invalid) {
    return new Item(
        invalid.id(), invalid.timestamp(), ItemStatus.INVALID, null, null, invalid.violations());
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
          refused(
              event.id(),
              event.timestamp(),
              unavailable.overloaded() ? Refusal.OVERLOAD : Refusal.UNAVAILABLE,
              "Send the event again with this id and this timestamp; it is stored once.");
      case WriteOutcome.Defect defect -> failed(event.id(), event.timestamp());
    };
  }

  private static Item of(LogEvent event, ItemStatus status, @Nullable String message) {
    return new Item(event.id(), event.timestamp(), status, null, message, List.of());
  }

  /** An event that only a mended service can take. */
  static Item failed(@Nullable String id, @Nullable Instant timestamp) {
    return refused(
        id,
        timestamp,
        Refusal.DEFECT,
        "The service has a defect that this event meets; its log says more. Nothing of the event"
            + " was stored. Keep it, tell the operators, and send it again when that is mended.");
  }

  private static Item refused(
      @Nullable String id, @Nullable Instant timestamp, Refusal refusal, String message) {
    return new Item(id, timestamp, ItemStatus.REFUSED, refusal, message, List.of());
  }
}
