package com.astrobookings.logs.kibana.panels;

import static com.astrobookings.logs.kibana.panels.Truth.count;
import static com.astrobookings.logs.kibana.panels.Truth.distinct;
import static com.astrobookings.logs.kibana.panels.Truth.last;
import static com.astrobookings.logs.kibana.panels.Truth.mean;
import static com.astrobookings.logs.kibana.panels.Truth.most;
import static com.astrobookings.logs.kibana.panels.Truth.sum;
import static java.util.Map.entry;

import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import java.util.Map;
import java.util.function.Function;

final class ReconcileTruths {

  static final Map<String, Function<Truth<LogEvent>, Table>> BY_PANEL =
      Map.ofEntries(
          entry(
              "reconcile-runs", all -> runs(all).total(count(), distinct(ReconcileEvent::process))),
          entry(
              "reconcile-bad-runs",
              all ->
                  runs(all)
                      .where(run -> run.discrepanciesFound() > 0)
                      .total(count(), distinct(ReconcileEvent::process))),
          entry(
              "reconcile-discrepancies",
              all ->
                  runs(all)
                      .total(
                          sum(ReconcileEvent::discrepanciesFound),
                          sum(ReconcileEvent::recordsProcessed))),
          entry(
              "reconcile-longest",
              all ->
                  runs(all).total(most(ReconcileTruths::seconds), mean(ReconcileTruths::seconds))),
          entry(
              "reconcile-over-time",
              all ->
                  runs(all)
                      .overTime(
                          10, ReconcileEvent::process, sum(ReconcileEvent::discrepanciesFound))),
          entry(
              "reconcile-duration",
              all ->
                  runs(all).overTime(10, ReconcileEvent::process, most(ReconcileTruths::seconds))),
          entry(
              "reconcile-records",
              all ->
                  runs(all)
                      .overTime(
                          10, ReconcileEvent::process, sum(ReconcileEvent::recordsProcessed))),
          entry(
              "reconcile-processes",
              all ->
                  runs(all)
                      .lowest(
                          50,
                          ReconcileEvent::process,
                          last(),
                          count(),
                          sum(ReconcileEvent::recordsProcessed),
                          sum(ReconcileEvent::discrepanciesFound),
                          most(ReconcileEvent::discrepanciesFound),
                          mean(ReconcileTruths::seconds),
                          most(ReconcileTruths::seconds))));

  private ReconcileTruths() {}

  private static Truth<ReconcileEvent> runs(Truth<LogEvent> all) {
    return all.of(ReconcileEvent.class);
  }

  private static double seconds(ReconcileEvent run) {
    return run.timeTakenSeconds().doubleValue();
  }
}
