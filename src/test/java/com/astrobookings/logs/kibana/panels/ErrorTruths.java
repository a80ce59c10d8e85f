package com.astrobookings.logs.kibana.panels;

import static com.astrobookings.logs.kibana.panels.Truth.count;
import static com.astrobookings.logs.kibana.panels.Truth.distinct;
import static com.astrobookings.logs.kibana.panels.Truth.first;
import static com.astrobookings.logs.kibana.panels.Truth.last;
import static com.astrobookings.logs.kibana.panels.Truth.orMissing;
import static com.astrobookings.logs.kibana.panels.Truths.chart;
import static com.astrobookings.logs.kibana.panels.Truths.tile;

import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.kibana.panels.Truth.Column;
import com.astrobookings.logs.kibana.panels.Truths.Chart;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class ErrorTruths {

  private static final Column<ErrorEvent> SERVICES = distinct(Truths::service);

  static final Map<String, Chart> BY_LAYER =
      Truths.all(
          tile("errors-count", ErrorTruths::errors, count()),
          tile("errors-codes", ErrorTruths::errors, distinct(ErrorEvent::errorCode)),
          tile("errors-exceptions", ErrorTruths::errors, distinct(ErrorTruths::exception)),
          tile("errors-services", ErrorTruths::errors, distinct(Truths::service)),
          chart(
              "errors-over-time", all -> errors(all).overTime(10, ErrorEvent::errorCode, count())),
          chart(
              "errors-by-service", all -> errors(all).top(8, orMissing(Truths::service), count())),
          chart("errors-by-exception", all -> errors(all).top(10, ErrorTruths::exception, count())),
          chart(
              "errors-new",
              all -> errors(all).top(20, ErrorEvent::errorCode, first(), count(), SERVICES)),
          chart(
              "errors-by-code",
              all ->
                  errors(all)
                      .top(
                          20,
                          ErrorEvent::errorCode,
                          count(),
                          SERVICES,
                          distinct(ErrorEvent::errorMessage),
                          last())),
          chart(
              "errors-by-message",
              all -> errors(all).top(20, ErrorEvent::errorMessage, count(), SERVICES, last())));

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
