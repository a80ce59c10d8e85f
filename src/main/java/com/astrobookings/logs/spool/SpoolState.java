package com.astrobookings.logs.spool;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is in a spool at one moment.
 *
 * @param waiting number of waiting entries in each partition that has any
 * @param total number of all waiting entries
 * @param deadLetters number of dead letters
 * @param bytes what the entries and the write-ahead log take on disk
 * @param oldest when the entry came into being that waits longest; null if none waits
 */
public record SpoolState(
    Map<String, Long> waiting, long total, long deadLetters, long bytes, @Nullable Instant oldest) {

  static SpoolState of(Map<String, Long> waiting, long deadLetters) {
    long total = waiting.values().stream().mapToLong(Long::longValue).sum();
    return new SpoolState(Map.copyOf(waiting), total, deadLetters, 0, null);
  }

  SpoolState with(long newBytes, Optional<Instant> newOldest) {
    return new SpoolState(waiting, total, deadLetters, newBytes, newOldest.orElse(null));
  }

  /** The changes of one transaction. */
  static final class Changes {

    private final Map<String, Long> waiting = new HashMap<>();
    private long deadLetters;

    void waits(String partition, long more) {
      waiting.merge(partition, more, Long::sum);
    }

    void died(long more) {
      deadLetters += more;
    }

    SpoolState applyTo(SpoolState state) {
      if (waiting.isEmpty() && deadLetters == 0) {
        return state;
      }
      Map<String, Long> all = new HashMap<>(state.waiting());
      waiting.forEach((partition, more) ->
          all.merge(
              partition,
              more,
              (before, added) -> before + added == 0 ? null : Long.valueOf(before + added)));
      return of(all, state.deadLetters() + deadLetters)
          .with(state.bytes(), Optional.ofNullable(state.oldest()));
    }
  }
}
