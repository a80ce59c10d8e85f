package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.Decoded;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.store.WriteOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one event in the response to a write.
 *
 * @param id the id under which the event is stored; null if it has none
 * @param timestamp the timestamp with which the event is stored; null if it has none
 * @param status the status
 * @param refusal why the event is refused; null if it is not
 * @param message what the producer should do; null if there is nothing to do or the violations say
 *     it
 * @param violations why the event is invalid; empty if it is not
 */
record IngestItem(
    @Nullable String id,
    @Nullable Instant timestamp,
    ItemStatus status,
    @Nullable Refusal refusal,
    @Nullable String message,
    List<Violation> violations) {

  /** Why an event cannot be stored now. */
  enum Refusal {
    /** More is sent than can be stored. */
    OVERLOAD,
    /** Elasticsearch is unavailable. */
    UNAVAILABLE,
    /** The service fails on this event. */
    DEFECT
  }

  static IngestItem of(Decoded.Invalid invalid) {
    return new IngestItem(
        invalid.id(), invalid.timestamp(), ItemStatus.INVALID, null, null, invalid.violations());
  }

  static IngestItem of(LogEvent event, WriteOutcome outcome) {
    return switch (outcome) {
      case WriteOutcome.Stored stored -> of(event, ItemStatus.STORED, null);
      case WriteOutcome.Duplicate duplicate -> of(event, ItemStatus.DUPLICATE, null);
      case WriteOutcome.Spooled spooled -> of(event, ItemStatus.SPOOLED, null);
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

  private static IngestItem of(LogEvent event, ItemStatus status, @Nullable String message) {
    return new IngestItem(event.id(), event.timestamp(), status, null, message, List.of());
  }

  /** Returns the result of an event on which the service fails, whether it is valid or not. */
  static IngestItem failed(@Nullable String id, @Nullable Instant timestamp) {
    return refused(
        id,
        timestamp,
        Refusal.DEFECT,
        "The service failed on this event because of a defect, which its log describes. Nothing of"
            + " the event was stored. Keep it, tell the operators, and send it again after the"
            + " defect is fixed.");
  }

  private static IngestItem refused(
      @Nullable String id, @Nullable Instant timestamp, Refusal refusal, String message) {
    return new IngestItem(id, timestamp, ItemStatus.REFUSED, refusal, message, List.of());
  }
}
