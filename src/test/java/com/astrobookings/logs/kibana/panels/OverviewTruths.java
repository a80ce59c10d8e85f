package com.astrobookings.logs.kibana.panels;

import static com.astrobookings.logs.kibana.panels.Truth.count;
import static com.astrobookings.logs.kibana.panels.Truth.distinct;
import static com.astrobookings.logs.kibana.panels.Truth.last;
import static com.astrobookings.logs.kibana.panels.Truth.mean;
import static com.astrobookings.logs.kibana.panels.Truth.only;
import static com.astrobookings.logs.kibana.panels.Truth.orMissing;
import static com.astrobookings.logs.kibana.panels.Truth.sum;
import static com.astrobookings.logs.kibana.panels.Truths.chart;
import static com.astrobookings.logs.kibana.panels.Truths.tile;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.NotifyEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import com.astrobookings.logs.kibana.panels.Truths.Chart;
import java.util.Map;

final class OverviewTruths {

  static final Map<String, Chart> BY_LAYER =
      Truths.all(
          tile("overview-events", all -> all, count()),
          tile("overview-services", all -> all, distinct(Truths::service)),
          tile("overview-auth-share", OverviewTruths::auths, mean(AuthTruths::failure)),
          tile("overview-errors", OverviewTruths::errors, count()),
          tile(
              "overview-discrepancies",
              OverviewTruths::runs,
              sum(ReconcileEvent::discrepanciesFound)),
          tile("overview-notify-share", OverviewTruths::sent, mean(NotifyTruths::failure)),
          chart(
              "overview-events-over-time",
              all ->
                  all.overTime(
                      only(AuthEvent.class::isInstance, count()),
                      only(ErrorEvent.class::isInstance, count()),
                      only(ReconcileEvent.class::isInstance, count()),
                      only(NotifyEvent.class::isInstance, count()))),
          chart(
              "overview-events-over-time/notes", all -> runs(all).where(Truths::isProblem).marks()),
          chart(
              "overview-failed-auth-over-time",
              all -> auths(all).where(Truths::failed).overTime(count())),
          chart("overview-errors-over-time", all -> errors(all).overTime(count())),
          chart(
              "overview-discrepancies-over-time",
              all -> runs(all).overTime(sum(ReconcileEvent::discrepanciesFound))),
          chart(
              "overview-failed-notify-over-time",
              all -> sent(all).where(Truths::failed).overTime(count())),
          chart(
              "overview-affected",
              all ->
                  all.where(Truths::isProblem)
                      .top(
                          20,
                          orMissing(Truths::service),
                          count(),
                          only(ErrorEvent.class::isInstance, count()),
                          only(AuthEvent.class::isInstance, count()),
                          only(NotifyEvent.class::isInstance, count()),
                          sum(Truths::discrepancies),
                          last())),
          chart(
              "overview-silent",
              all -> all.lowest(50, orMissing(Truths::service), last(), count())));

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
