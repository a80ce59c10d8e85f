package com.astrobookings.logs.elastic.tail;

import com.astrobookings.logs.elastic.tail.ShardNumbers.Primaries;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.tail.TailPosition;
import com.astrobookings.logs.store.tail.TailPosition.Month;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Combines what was known of the months with what a poll has found. A month that exists and does
 * not answer stays where it was. Pure.
 */
final class Checkpoints {

  private Checkpoints() {}

  /** Whether exactly the known months have answered, with as many shards as before. */
  static boolean areExpected(TailPosition known, SortedMap<YearMonth, Primaries> found) {
    return known.months().size() == found.size()
        && known.months().stream()
            .allMatch(month -> {
              Primaries now = found.get(month.month());
              return now != null && now.max().size() == month.last().size();
            });
  }

  /**
   * Returns the first position.
   *
   * @param existing the months that exist, with the number of their shards
   * @throws StoreUnavailableException if one of them is not available: its events would seem new as
   *     soon as it is
   */
  static TailPosition first(
      SortedMap<YearMonth, Primaries> found, Map<YearMonth, Integer> existing) {
    List<Month> months = new ArrayList<>();
    new TreeMap<>(existing)
        .forEach((month, shards) -> {
          Primaries now = found.get(month);
          if (now == null || now.max().size() != shards) {
            throw new StoreUnavailableException(
                "%s is closed or has a shard without a primary".formatted(month), null);
          }
          months.add(now.checkpoints());
        });
    return new TailPosition(months, 0);
  }

  /** Returns the position after {@code known} when the same months have answered. */
  static TailPosition next(TailPosition known, SortedMap<YearMonth, Primaries> found) {
    return next(
        known,
        found,
        known.months().stream()
            .collect(Collectors.toMap(Month::month, month -> month.last().size())));
  }

  /**
   * Returns the position after {@code known}.
   *
   * @param existing the months that exist, with the number of their shards
   */
  static TailPosition next(
      TailPosition known, SortedMap<YearMonth, Primaries> found, Map<YearMonth, Integer> existing) {
    Map<YearMonth, Month> before = byMonth(known);
    List<Month> months = new ArrayList<>();
    new TreeMap<>(existing)
        .forEach((month, shards) -> {
          Month earlier = before.get(month);
          Primaries now = found.get(month);
          if (now != null && now.max().size() == shards) {
            months.add(earlier == null ? now.checkpoints() : newer(earlier, now.checkpoints()));
          } else if (earlier != null) {
            months.add(earlier);
          }
        });
    return new TailPosition(months, 0);
  }

  /** The checkpoint of a new primary may be behind that of the one before. */
  private static Month newer(Month known, Month now) {
    return isSame(known, now) ? known.max(now) : now;
  }

  /** Returns {@code before} in terms of the months of {@code next}. */
  static TailPosition from(TailPosition before, TailPosition next) {
    Map<YearMonth, Month> known = byMonth(before);
    return new TailPosition(
        next.months().stream()
            .map(month -> {
              Month earlier = known.get(month.month());
              return isSame(earlier, month) ? earlier : month.atStart();
            })
            .toList(),
        0);
  }

  /** Returns the months of {@code next} that are not where they were before. */
  static List<YearMonth> moved(TailPosition before, TailPosition next) {
    Map<YearMonth, Month> known = byMonth(before);
    return next.months().stream()
        .filter(month -> !month.equals(known.get(month.month())))
        .map(Month::month)
        .toList();
  }

  private static boolean isSame(@Nullable Month known, Month now) {
    return known != null
        && known.history() == now.history()
        && known.last().size() == now.last().size();
  }

  static Map<YearMonth, Month> byMonth(TailPosition position) {
    return position.months().stream().collect(Collectors.toMap(Month::month, Function.identity()));
  }
}
