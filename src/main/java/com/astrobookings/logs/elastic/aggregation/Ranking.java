package com.astrobookings.logs.elastic.aggregation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the most frequent values of a field, and of a second field within each, from the counts of
 * all values. Holds in memory only the most frequent ones.
 */
public final class Ranking {

  private static final Comparator<Ranked> LEAST_FREQUENT_FIRST =
      Comparator.comparingLong(Ranked::count)
          .thenComparing(Comparator.comparingInt(Ranked::place).reversed());

  private final int size;
  private final Top values;
  private @Nullable String current;
  private long count;
  private Top within;

  /**
   * A value.
   *
   * @param count of its events
   * @param place among all values in the order of their keys
   * @param within the values of the second field
   */
  record Ranked(String value, long count, int place, Top within) {}

  /** The most frequent of the values that were added. */
  static final class Top {

    private final int size;
    private final PriorityQueue<Ranked> queue = new PriorityQueue<>(LEAST_FREQUENT_FIRST);
    private int added;
    private long total;

    Top(int size) {
      this.size = size;
    }

    private void add(String value, long count, Top within) {
      total += count;
      queue.add(new Ranked(value, count, added++, within));
      if (queue.size() > size) {
        queue.remove();
      }
    }

    /** Returns them, the most frequent first; of equally frequent ones the first added. */
    List<Ranked> list() {
      List<Ranked> list = new ArrayList<>(queue);
      list.sort(Collections.reverseOrder(LEAST_FREQUENT_FIRST));
      return list;
    }
  }

  /**
   * Creates a ranking.
   *
   * @param size the number of values to find of each field
   */
  public Ranking(int size) {
    this.size = size;
    this.values = new Top(size);
    this.within = new Top(size);
  }

  /**
   * Adds a count. Those of one value follow each other, and all are in the order of their keys.
   *
   * @param value of the first field
   * @param second of the second field; null if the events have none, or if there is one field
   */
  public void add(String value, @Nullable String second, long events) {
    if (!value.equals(current)) {
      complete();
      current = value;
    }
    count += events;
    if (second != null) {
      within.add(second, events, new Top(0));
    }
  }

  /** Ends the value that counts were added to last. */
  public void complete() {
    if (current != null) {
      values.add(current, count, within);
    }
    current = null;
    count = 0;
    within = new Top(size);
  }

  /** Returns the most frequent values of the first field. */
  List<String> first() {
    return values.list().stream().map(Ranked::value).toList();
  }

  /** Returns the most frequent values of the second field within any of those. */
  SortedSet<String> second() {
    SortedSet<String> second = new TreeSet<>();
    values.queue.forEach(value -> value.within().queue.forEach(each -> second.add(each.value())));
    return second;
  }

  /** Returns the aggregates of a search for these values, with their exact counts. */
  public Aggregates applyTo(Aggregates found) {
    return apply(values, found);
  }

  private static Aggregates apply(Top top, Aggregates found) {
    Map<String, Aggregates> byValue = new HashMap<>();
    found.values.forEach(value -> byValue.put(value.value, value));
    found.values.clear();
    for (Ranked ranked : top.list()) {
      Aggregates value = byValue.getOrDefault(ranked.value(), new Aggregates(ranked.value()));
      value.count = ranked.count();
      found.values.add(apply(ranked.within(), value));
    }
    found.errorBound = 0;
    found.other = top.total - found.values.stream().mapToLong(value -> value.count).sum();
    return found;
  }
}
