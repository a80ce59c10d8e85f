package com.astrobookings.logs.kibana.panels;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stretch of time that a dashboard looks at, and the steps in which it draws it.
 *
 * @param from the first instant, the beginning of a step
 * @param to the last instant
 */
public record Period(Instant from, Instant to) {

  /** Kibana chooses among more, in the same manner. */
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofHours(3), Duration.ofDays(1));

  private static final int MOST_STEPS = 60;

  /** So many days from {@code from}. */
  public static Period days(Instant from, int days) {
    return new Period(from, from.plus(Duration.ofDays(days)).minusMillis(1));
  }

  /** The period of the same length that ends where this one begins. */
  Period before() {
    return new Period(from.minus(length()), to.minus(length()));
  }

  /** How long it takes; the last instant of one is a millisecond before the first of the next. */
  public Duration length() {
    return Duration.between(from, to).plusMillis(1);
  }

  /** Whether it holds {@code instant}. */
  public boolean contains(Instant instant) {
    return !instant.isBefore(from) && !instant.isAfter(to);
  }

  /** How much time one step takes. */
  public Duration step() {
    Duration whole = Duration.between(from, to);
    return STEPS.stream()
        .filter(step -> whole.dividedBy(step) < MOST_STEPS)
        .findFirst()
        .orElseGet(STEPS::getLast);
  }

  /** The beginnings of all steps. */
  public List<Instant> starts() {
    return Stream.iterate(from, start -> !start.isAfter(to), start -> start.plus(step())).toList();
  }

  /** The beginning of the step that {@code instant} is in. */
  Instant startOf(Instant instant) {
    return from.plus(step().multipliedBy(Duration.between(from, instant).dividedBy(step())));
  }
}
