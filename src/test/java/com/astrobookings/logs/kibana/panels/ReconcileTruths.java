package com.astrobookings.logs.kibana.panels;

import static com.astrobookings.logs.kibana.panels.Truth.count;
import static com.astrobookings.logs.kibana.panels.Truth.last;
import static com.astrobookings.logs.kibana.panels.Truth.mean;
import static com.astrobookings.logs.kibana.panels.Truth.most;
import static com.astrobookings.logs.kibana.panels.Truth.sum;
import static com.astrobookings.logs.kibana.panels.Truths.chart;
import static com.astrobookings.logs.kibana.panels.Truths.tile;

import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import com.astrobookings.logs.kibana.panels.Truth.Column;
import com.astrobookings.logs.kibana.panels.Truths.Chart;
import java.util.Map;

final class ReconcileTruths {

  private static final Column<ReconcileEvent> DISCREPANCIES =
      sum(ReconcileEvent::discrepanciesFound);
  private static final Column<ReconcileEvent> RECORDS = sum(ReconcileEvent::recordsProcessed);
  private static final Column<ReconcileEvent> LONGEST = most(ReconcileTruths::seconds);

  static final Map<String, Chart> BY_LAYER =
      Truths.all(
          tile("reconcile-runs", ReconcileTruths::runs, count()),
          tile("reconcile-bad-runs", all -> runs(all).where(Truths::isProblem), count()),
          tile("reconcile-discrepancies", ReconcileTruths::runs, DISCREPANCIES),
          tile("reconcile-longest", ReconcileTruths::runs, LONGEST),
          chart(
              "reconcile-over-time",
              all -> runs(all).overTime(10, ReconcileEvent::process, DISCREPANCIES)),
          chart(
              "reconcile-duration",
              all -> runs(all).overTime(10, ReconcileEvent::process, LONGEST)),
          chart(
              "reconcile-records", all -> runs(all).overTime(10, ReconcileEvent::process, RECORDS)),
          chart(
              "reconcile-processes",
              all ->
                  runs(all)
                      .lowest(
                          50,
                          ReconcileEvent::process,
                          last(),
                          count(),
                          RECORDS,
                          DISCREPANCIES,
                          most(ReconcileEvent::discrepanciesFound),
                          mean(ReconcileTruths::seconds),
                          LONGEST)));

  private ReconcileTruths() {}

  private static Truth<ReconcileEvent> runs(Truth<LogEvent> all) {
    return all.of(ReconcileEvent.class);
  }

  private static double seconds(ReconcileEvent run) {
    return run.timeTakenSeconds().doubleValue();
  }
}
