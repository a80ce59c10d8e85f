package com.astrobookings.logs.kibana.panels;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.NotifyEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What each chart has to show, by the id of its panel, written by hand from its title. */
final class Truths {

  private static final Map<String, Function<Truth<LogEvent>, Table>> BY_PANEL = new HashMap<>();

  static {
    BY_PANEL.putAll(OverviewTruths.BY_PANEL);
    BY_PANEL.putAll(AuthTruths.BY_PANEL);
    BY_PANEL.putAll(ErrorTruths.BY_PANEL);
    BY_PANEL.putAll(ReconcileTruths.BY_PANEL);
    BY_PANEL.putAll(NotifyTruths.BY_PANEL);
  }

  private final Truth<LogEvent> truth;

  /** About the customers' events in {@code period}, which are not those of the log service. */
  Truths(Period period, List<StoredEvent> events) {
    truth =
        new Truth<>(
            period,
            events.stream()
                .map(StoredEvent::event)
                .filter(event -> period.contains(event.timestamp()))
                .filter(event -> !SeededDays.OWN.equals(event.envelope().source()))
                .toList());
  }

  /** What the chart has to show; null if nobody has written it down. */
  @Nullable Table of(String panel) {
    Function<Truth<LogEvent>, Table> table = BY_PANEL.get(panel);
    return table == null ? null : table.apply(truth);
  }

  /** The events that a list has to show, by their ids, the latest first. */
  List<String> latest(Function<LogEvent, Boolean> which, int size) {
    return truth.where(which::apply).events().stream()
        .sorted((one, other) -> other.timestamp().compareTo(one.timestamp()))
        .limit(size)
        .map(LogEvent::id)
        .toList();
  }

  static @Nullable String service(LogEvent event) {
    return event.envelope().source();
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
}
