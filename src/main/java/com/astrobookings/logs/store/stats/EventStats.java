package com.astrobookings.logs.store.stats;

import com.astrobookings.logs.event.StoredEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statistics over the events that match a query.
 *
 * @param counts of all of them
 * @param interval the length of the units of time; null if not asked for, or if it was to be chosen
 *     and no event matches
 * @param buckets the units of time, oldest first, empty ones included
 * @param groups by the values of the first field
 * @param reconciliations sums and percentiles; null if no reconciliation is among the events
 */
public record EventStats(
    Counts counts,
    @Nullable Interval interval,
    List<Bucket> buckets,
    Groups groups,
    @Nullable Reconciliations reconciliations) {

  /** Copies the list. */
  public EventStats {
    buckets = List.copyOf(buckets);
  }

  /**
   * Numbers of events.
   *
   * @param count all
   * @param failed those with the outcome FAIL
   */
  public record Counts(long count, long failed) {

    /** No events. */
    public static final Counts NONE = new Counts(0, 0);

    /** Returns the sum. */
    public Counts plus(Counts other) {
      return new Counts(count + other.count, failed + other.failed);
    }
  }

  /**
   * A unit of time, or the part of it that lies in the period.
   *
   * @param from its first instant
   * @param to its last instant, to the nanosecond
   * @param counts of its events
   * @param by the values of the first field that occur in it, in the order of {@link
   *     EventStats#groups}
   */
  public record Bucket(Instant from, Instant to, Counts counts, List<Share> by) {

    /** Copies the list. */
    public Bucket {
      by = List.copyOf(by);
    }
  }

  /**
   * What one value has of a unit of time.
   *
   * @param value of the first field, or of the second
   * @param counts of the events with it
   * @param by the values of the second field among them
   */
  public record Share(String value, Counts counts, List<Share> by) {

    /** Copies the list. */
    public Share {
      by = List.copyOf(by);
    }
  }

  /**
   * Events by the values of a field.
   *
   * @param values the most frequent values, and among equally frequent ones the smallest, in this
   *     order
   * @param other events with another value
   * @param missing events without a value
   * @param errorBound how many events each count may lack, because the store did not look at every
   *     value; 0 if the counts are exact
   */
  public record Groups(List<Value> values, long other, long missing, long errorBound) {

    /** No field, no values. */
    public static final Groups NONE = new Groups(List.of(), 0, 0, 0);

    /** Copies the list. */
    public Groups {
      values = List.copyOf(values);
    }
  }

  /**
   * The events with one value of a field.
   *
   * @param value the value in the spelling of the document
   * @param counts of the events
   * @param firstSeen the timestamp of the oldest; null of values of the second field
   * @param lastSeen the timestamp of the newest; null of values of the second field
   * @param by the events by the second field; {@link Groups#NONE} without one
   * @param sample the newest of them; null unless they are grouped as the same error
   * @param sources the most frequent sources of them, the same condition
   */
  public record Value(
      String value,
      Counts counts,
      @Nullable Instant firstSeen,
      @Nullable Instant lastSeen,
      Groups by,
      @Nullable Sample sample,
      List<String> sources) {

    /** Copies the list. */
    public Value {
      sources = List.copyOf(sources);
    }
  }

  /**
   * One event of several that are the same.
   *
   * @param event the event, without its stack trace
   * @param exception the class of the exception; null without one
   */
  public record Sample(StoredEvent event, @Nullable String exception) {}

  /**
   * Figures of reconciliations.
   *
   * @param recordsProcessed the sum
   * @param discrepanciesFound the sum
   * @param timeTakenSeconds the sum and the distribution
   */
  public record Reconciliations(
      double recordsProcessed, double discrepanciesFound, Distribution timeTakenSeconds) {}

  /** A sum, the largest value and percentiles, which are estimates if there are many values. */
  public record Distribution(double sum, double p50, double p95, double p99, double max) {}
}
