package com.astrobookings.logs.kibana.panels;

import static com.astrobookings.logs.kibana.panels.Truth.count;
import static com.astrobookings.logs.kibana.panels.Truth.distinct;
import static com.astrobookings.logs.kibana.panels.Truth.first;
import static com.astrobookings.logs.kibana.panels.Truth.last;
import static java.util.Map.entry;

import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.LogEvent;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

final class ErrorTruths {

  static final Map<String, Function<Truth<LogEvent>, Table>> BY_PANEL =
      Map.ofEntries(
          entry("errors-count", all -> errors(all).total(count())),
          entry("errors-codes", all -> errors(all).total(distinct(ErrorEvent::errorCode))),
          entry("errors-exceptions", all -> errors(all).total(distinct(ErrorTruths::exception))),
          entry("errors-services", all -> errors(all).total(distinct(Truths::service))),
          entry(
              "errors-over-time", all -> errors(all).overTime(10, ErrorEvent::errorCode, count())),
          entry("errors-by-service", all -> errors(all).top(8, Truths::service, count())),
          entry("errors-by-exception", all -> errors(all).top(10, ErrorTruths::exception, count())),
          entry(
              "errors-by-code",
              all ->
                  errors(all)
                      .top(
                          50,
                          ErrorEvent::errorCode,
                          count(),
                          distinct(Truths::service),
                          distinct(ErrorEvent::errorMessage),
                          first(),
                          last())),
          entry(
              "errors-by-message",
              all ->
                  errors(all)
                      .top(
                          20,
                          ErrorEvent::errorMessage,
                          count(),
                          distinct(Truths::service),
                          last())));

  private ErrorTruths() {}

  private static Truth<ErrorEvent> errors(Truth<LogEvent> all) {
    return all.of(ErrorEvent.class);
  }

  /** The seeded traces begin with the class and a colon. */
  private static @Nullable String exception(ErrorEvent event) {
    String trace = event.stackTrace();
    return trace == null ? null : trace.substring(0, trace.indexOf(':'));
  }
}
