package com.astrobookings.logs.kibana.panels;

import static com.astrobookings.logs.kibana.panels.Truth.count;
import static com.astrobookings.logs.kibana.panels.Truth.distinct;
import static com.astrobookings.logs.kibana.panels.Truth.last;
import static com.astrobookings.logs.kibana.panels.Truth.mean;
import static com.astrobookings.logs.kibana.panels.Truth.sum;
import static java.util.Map.entry;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.NotifyEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import java.util.Map;
import java.util.function.Function;

final class OverviewTruths {

  static final Map<String, Function<Truth<LogEvent>, Table>> BY_PANEL =
      Map.ofEntries(
          entry("overview-events", all -> all.total(count(), distinct(Truths::service))),
          entry(
              "overview-auth-share",
              all -> auths(all).total(mean(AuthTruths::failure), sum(AuthTruths::failure))),
          entry(
              "overview-errors",
              all -> errors(all).total(count(), distinct(ErrorEvent::errorCode))),
          entry(
              "overview-discrepancies",
              all -> runs(all).total(sum(ReconcileEvent::discrepanciesFound), count())),
          entry(
              "overview-notify-share",
              all -> sent(all).total(mean(NotifyTruths::failure), sum(NotifyTruths::failure))),
          entry("overview-last-event", all -> all.total(last())),
          entry(
              "overview-events-over-time",
              all -> all.overTime(5, event -> event.type().name(), count())),
          entry(
              "overview-failed-auth-over-time",
              all -> auths(all).where(Truths::failed).overTime(count())),
          entry("overview-errors-over-time", all -> errors(all).overTime(count())),
          entry(
              "overview-discrepancies-over-time",
              all -> runs(all).overTime(sum(ReconcileEvent::discrepanciesFound))),
          entry(
              "overview-failed-notify-over-time",
              all -> sent(all).where(Truths::failed).overTime(count())),
          entry(
              "overview-error-codes",
              all ->
                  errors(all)
                      .top(10, ErrorEvent::errorCode, count(), distinct(Truths::service), last())),
          entry("overview-producers", all -> all.lowest(50, Truths::service, last(), count())),
          entry(
              "overview-processes",
              all ->
                  runs(all)
                      .lowest(
                          50,
                          ReconcileEvent::process,
                          last(),
                          count(),
                          sum(ReconcileEvent::discrepanciesFound))),
          entry(
              "overview-notification-types",
              all ->
                  sent(all)
                      .top(
                          10,
                          NotifyEvent::notificationType,
                          sum(NotifyTruths::failure),
                          count(),
                          mean(NotifyTruths::failure))));

  private OverviewTruths() {}

  private static Truth<AuthEvent> auths(Truth<LogEvent> all) {
    return all.of(AuthEvent.class);
  }

  private static Truth<ErrorEvent> errors(Truth<LogEvent> all) {
    return all.of(ErrorEvent.class);
  }

  private static Truth<ReconcileEvent> runs(Truth<LogEvent> all) {
    return all.of(ReconcileEvent.class);
  }

  private static Truth<NotifyEvent> sent(Truth<LogEvent> all) {
    return all.of(NotifyEvent.class);
  }
}
