package com.astrobookings.logs.ingest;

import com.astrobookings.logs.web.ProblemType;
import java.util.Map;
import org.springframework.http.HttpStatus;

/** What the answer to a whole request says, given what became of its events. */
sealed interface Verdict {

  /** A receipt. */
  record Taken(HttpStatus status) implements Verdict {}

  /** A problem, which carries the receipt. */
  record Failed(ProblemType type) implements Verdict {}

  /** The verdict on an event sent by itself. */
  static Verdict ofSingle(ItemStatus status, boolean overloaded) {
    return switch (status) {
      case STORED -> new Taken(HttpStatus.CREATED);
      case DUPLICATE -> new Taken(HttpStatus.OK);
      case SPOOLED -> new Taken(HttpStatus.ACCEPTED);
      case CONFLICT -> new Failed(ProblemType.EVENT_CONFLICT);
      case INVALID -> new Failed(ProblemType.INVALID_EVENT);
      case REJECTED -> new Failed(ProblemType.REJECTED_EVENT);
      case REFUSED -> new Failed(refusal(overloaded));
    };
  }

  /**
   * The verdict on a batch.
   *
   * @param counts how many of its events came to each status; statuses without any are left out
   * @param overloaded whether all that was refused was refused because of overload
   */
  static Verdict ofBatch(Map<ItemStatus, Integer> counts, boolean overloaded) {
    if (counts.keySet().stream().noneMatch(ItemStatus::failed)) {
      return new Taken(
          counts.containsKey(ItemStatus.SPOOLED) ? HttpStatus.ACCEPTED : HttpStatus.OK);
    }
    if (counts.size() == 1 && counts.containsKey(ItemStatus.INVALID)) {
      return new Failed(ProblemType.INVALID_EVENT);
    }
    if (counts.size() == 1 && counts.containsKey(ItemStatus.REFUSED)) {
      return new Failed(refusal(overloaded));
    }
    return new Taken(HttpStatus.MULTI_STATUS);
  }

  /** The problem of what was refused: too much at once, or no place to store. */
  static ProblemType refusal(boolean overloaded) {
    return overloaded ? ProblemType.OVERLOADED : ProblemType.UNAVAILABLE;
  }
}
