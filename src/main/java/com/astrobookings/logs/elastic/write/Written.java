package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.WriteOutcome;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event.
 *
 * @param held the content that the store is known to hold under the event's id; null if that is
 *     unknown, or nobody needs it
 */
record Written(WriteOutcome outcome, @Nullable LogEvent held) {

  /** It is not known what the store holds. */
  static Written not(WriteOutcome outcome) {
    return new Written(outcome, null);
  }

  static Written of(WriteOutcome outcome, StoredEvent event) {
    return switch (outcome) {
      case WriteOutcome.Stored stored -> new Written(outcome, event.event());
      case WriteOutcome.Duplicate duplicate -> new Written(outcome, event.event());
      case WriteOutcome.Conflict conflict -> new Written(outcome, null);
      case WriteOutcome.Rejected rejected -> new Written(outcome, null);
      case WriteOutcome.Unavailable unavailable -> new Written(outcome, null);
      case WriteOutcome.Defect defect -> new Written(outcome, null);
    };
  }

  /**
   * What an attempt to create {@code ours} means when {@code theirs} was there first.
   *
   * @param repeated whether an attempt of ours went before of which we never heard the answer
   */
  static Written compared(StoredEvent ours, StoredEvent theirs, boolean repeated) {
    LogEvent held = theirs.event();
    if (!ours.event().equals(held)) {
      return new Written(new WriteOutcome.Conflict(), held);
    }
    boolean own = repeated && ours.receivedAt().equals(theirs.receivedAt());
    return new Written(own ? new WriteOutcome.Stored() : new WriteOutcome.Duplicate(), held);
  }

  /** What a later event of the same request means, given what became of this one. */
  WriteOutcome repeatedBy(StoredEvent later) {
    if (held == null) {
      return outcome;
    }
    return held.equals(later.event()) ? new WriteOutcome.Duplicate() : new WriteOutcome.Conflict();
  }
}
