package com.astrobookings.logs.admin;

import com.astrobookings.logs.store.EventMonths.Inventory;
import com.astrobookings.logs.store.EventMonths.Month;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the retention does to the months that exist: the answer of {@code GET
 * /api/v1/admin/retention}.
 *
 * @param retention the period, in ISO-8601; null if events are kept without limit
 * @param time the time it is made for
 * @param months every month, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RetentionPlan(@Nullable String retention, Instant time, List<PlannedMonth> months) {

  /**
   * One month.
   *
   * @param events number of its events; 0 if its index is closed
   * @param bytes size on disk; 0 if its index is closed
   * @param dropAt when it is dropped; null if it is kept without limit
   * @param due whether the next run drops it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PlannedMonth(
      YearMonth month, long events, long bytes, @Nullable Instant dropAt, boolean due) {}

  /**
   * Makes a plan.
   *
   * @param retention null to keep everything
   * @param now the time by the clock of this service; the plan uses it or the time of the store,
   *     whichever is earlier, so that one clock that is fast drops nothing
   */
  static RetentionPlan of(@Nullable Retention retention, Instant now, Inventory inventory) {
    Instant time = now.isBefore(inventory.time()) ? now : inventory.time();
    return new RetentionPlan(
        retention == null ? null : retention.period().toString(),
        time,
        inventory.months().stream().map(month -> plan(retention, time, month)).toList());
  }

  private static PlannedMonth plan(@Nullable Retention retention, Instant time, Month month) {
    return new PlannedMonth(
        month.month(),
        month.events(),
        month.bytes(),
        retention == null ? null : retention.dropAt(month.month()),
        retention != null && retention.isDue(month.month(), time));
  }
}
