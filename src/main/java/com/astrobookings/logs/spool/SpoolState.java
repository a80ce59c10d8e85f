package com.astrobookings.logs.spool;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is in a spool at one moment, and what has become of its entries since it was opened.
 *
 * @param waiting number of waiting entries in each partition that has any
 * @param total number of all waiting entries
 * @param deadLetters number of dead letters
 * @param bytes what the entries and the write-ahead log take on disk
 * @param oldest when the entry came into being that waits longest; null if none waits
 * @param counts what has become of the entries
 */
public record SpoolState(
    Map<String, Long> waiting,
    long total,
    long deadLetters,
    long bytes,
    @Nullable Instant oldest,
    Counts counts) {

  /**
   * Counts entries since the spool was opened. At any time, the number of waiting entries is {@code
   * recovered + accepted + resent - acknowledged} less the sum of {@code buried}.
   *
   * @param recovered were waiting when it was opened
   * @param accepted were appended
   * @param resent were dead letters and wait again
   * @param acknowledged were delivered
   * @param buried became dead letters, by reason
   * @param discarded were dead letters and are deleted
   */
  public record Counts(
      long recovered,
      long accepted,
      long resent,
      long acknowledged,
      Map<String, Long> buried,
      long discarded) {}

  static SpoolState opened(Map<String, Long> waiting, long deadLetters) {
    long total = sum(waiting);
    return new SpoolState(
        Map.copyOf(waiting), total, deadLetters, 0, null, new Counts(total, 0, 0, 0, Map.of(), 0));
  }

  SpoolState with(long newBytes, Optional<Instant> newOldest) {
    return new SpoolState(waiting, total, deadLetters, newBytes, newOldest.orElse(null), counts);
  }

  private static long sum(Map<String, Long> numbers) {
    return numbers.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The changes of one transaction. */
  static final class Changes {

    private final Map<String, Long> waiting = new HashMap<>();
    private final Map<String, Long> buried = new HashMap<>();
    private long accepted;
    private long resent;
    private long acknowledged;
    private long discarded;

    void accepted(String partition) {
      waiting.merge(partition, 1L, Long::sum);
      accepted++;
    }

    void acknowledged(String partition) {
      waiting.merge(partition, -1L, Long::sum);
      acknowledged++;
    }

    void buried(String partition, String reason) {
      waiting.merge(partition, -1L, Long::sum);
      buried.merge(reason, 1L, Long::sum);
    }

    void resent(String partition) {
      waiting.merge(partition, 1L, Long::sum);
      resent++;
    }

    void discarded() {
      discarded++;
    }

    private boolean isEmpty() {
      return waiting.isEmpty() && discarded == 0;
    }

    SpoolState applyTo(SpoolState state) {
      if (isEmpty()) {
        return state;
      }
      Map<String, Long> all = added(state.waiting(), waiting);
      all.values().removeIf(number -> number == 0);
      Counts before = state.counts();
      return new SpoolState(
          Map.copyOf(all),
          sum(all),
          state.deadLetters() + sum(buried) - resent - discarded,
          state.bytes(),
          state.oldest(),
          new Counts(
              before.recovered(),
              before.accepted() + accepted,
              before.resent() + resent,
              before.acknowledged() + acknowledged,
              Map.copyOf(added(before.buried(), buried)),
              before.discarded() + discarded));
    }

    private static Map<String, Long> added(Map<String, Long> numbers, Map<String, Long> more) {
      Map<String, Long> sums = new HashMap<>(numbers);
      more.forEach((key, number) -> sums.merge(key, number, Long::sum));
      return sums;
    }
  }
}
