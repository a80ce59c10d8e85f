package com.astrobookings.logs.kibana.panels;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.NotifyEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.Result;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What each layer of a chart has to show, by its id, written by hand from the title of the chart
 * and the labels of its numbers.
 */
final class Truths {

  /** What a layer shows about a period and the one before. */
  interface Chart {
    Table of(Truth<LogEvent> now, Truth<LogEvent> before);
  }

  private static final Map<String, Chart> BY_LAYER = new HashMap<>();

  static {
    BY_LAYER.putAll(OverviewTruths.BY_LAYER);
    BY_LAYER.putAll(AuthTruths.BY_LAYER);
    BY_LAYER.putAll(ErrorTruths.BY_LAYER);
    BY_LAYER.putAll(ReconcileTruths.BY_LAYER);
    BY_LAYER.putAll(NotifyTruths.BY_LAYER);
  }

  private final Truth<LogEvent> now;
  private final Truth<LogEvent> before;

  /** About the customers' events, which are not those of the log service. */
  Truths(Period period, List<StoredEvent> events) {
    now = within(period, events);
    before = within(period.before(), events);
  }

  /** What the layer has to show; null if nobody has written it down. */
  @Nullable Table of(String layer) {
    Chart chart = BY_LAYER.get(layer);
    return chart == null ? null : chart.of(now, before);
  }

  /** The layers that are written down. */
  static Set<String> layers() {
    return BY_LAYER.keySet();
  }

  /** The events that a list has to show, by their ids, the latest first. */
  List<String> latest(Predicate<LogEvent> which, int size) {
    return now.where(which).events().stream()
        .sorted((one, other) -> other.timestamp().compareTo(one.timestamp()))
        .limit(size)
        .map(LogEvent::id)
        .toList();
  }

  /** A tile: a number, the same about the period before, and its trend. */
  static <E extends LogEvent> Map<String, Chart> tile(
      String id, Function<Truth<LogEvent>, Truth<E>> which, Truth.Column<E> column) {
    return Map.of(
        id,
        (now, before) ->
            new Table(
                List.of(
                    new Table.Row(
                        List.of(),
                        Arrays.asList(
                            column.apply(which.apply(now).events()),
                            column.apply(which.apply(before).events()))))),
        id + "/trend",
        (now, before) -> which.apply(now).overTime(column));
  }

  /** A chart about one period. */
  static Map<String, Chart> chart(String id, Function<Truth<LogEvent>, Table> table) {
    return Map.of(id, (now, before) -> table.apply(now));
  }

  /** All of them. */
  @SafeVarargs
  static Map<String, Chart> all(Map<String, Chart>... charts) {
    Map<String, Chart> all = new HashMap<>();
    for (Map<String, Chart> some : charts) {
      all.putAll(some);
    }
    return all;
  }

  static @Nullable String service(LogEvent event) {
    return event.envelope().source();
  }

  /** Whether somebody has to look at it. */
  static boolean isProblem(LogEvent event) {
    return switch (event) {
      case ErrorEvent error -> true;
      case AuthEvent auth -> failed(auth);
      case NotifyEvent notification -> failed(notification);
      case ReconcileEvent run -> run.discrepanciesFound() > 0;
      case LogEvent.Unknown unknown -> false;
    };
  }

  static double discrepancies(LogEvent event) {
    return event instanceof ReconcileEvent run ? run.discrepanciesFound() : 0;
  }

  static boolean failed(AuthEvent event) {
    return event.result() == Result.FAIL;
  }

  static boolean failed(NotifyEvent event) {
    return event.status() == Result.FAIL;
  }

  static @Nullable String lowerCase(@Nullable String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private static Truth<LogEvent> within(Period period, List<StoredEvent> events) {
    return new Truth<>(
        period,
        events.stream()
            .map(StoredEvent::event)
            .filter(event -> period.contains(event.timestamp()))
            .filter(event -> !SeededDays.OWN.equals(event.envelope().source()))
            .toList());
  }
}
