package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.Violation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of decoding one event. */
public sealed interface Decoded {

  /**
   * The event is valid.
   *
   * @param event complete and normalised; id and timestamp are assigned where the producer left
   *     them out
   */
  record Valid(StoredEvent event) implements Decoded {}

  /**
   * The event violates rules.
   *
   * @param id the id the producer gave, if it was well-formed
   * @param timestamp the timestamp the producer gave, if it was well-formed
   * @param violations every violation, in the order of the text; at least one
   */
  record Invalid(@Nullable String id, @Nullable Instant timestamp, List<Violation> violations)
      implements Decoded {}

  /** The service failed on the event because of a defect, and has logged it. */
  record Failed() implements Decoded {}
}
