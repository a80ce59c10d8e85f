package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.Violation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of the JSON of one event. */
public sealed interface Decoded {

  /**
   * It is an event.
   *
   * @param event complete and normalised; id and timestamp are assigned where the producer left
   *     them out
   */
  record Valid(StoredEvent event) implements Decoded {}

  /**
   * It breaks rules.
   *
   * @param id the id the producer gave, if it was well-formed
   * @param timestamp the timestamp the producer gave, if it was well-formed
   * @param violations every rule that was broken, in the order of the text; at least one
   */
  record Invalid(@Nullable String id, @Nullable Instant timestamp, List<Violation> violations)
      implements Decoded {}

  /** The service itself fails on it, and has logged why; whether it is an event is not known. */
  record Failed() implements Decoded {}
}
