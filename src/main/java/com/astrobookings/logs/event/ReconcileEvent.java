package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.FieldCodecs;
import com.astrobookings.logs.event.value.Result;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data reconciliation that has ended.
 *
 * @param envelope what all types have in common
 * @param process what was reconciled
 * @param recordsProcessed records compared, from 0
 * @param discrepanciesFound records that differed, from 0
 * @param timeTakenSeconds how long it took in seconds, from 0 to 10⁹
 */
public record ReconcileEvent(
    Envelope envelope,
    String process,
    long recordsProcessed,
    long discrepanciesFound,
    BigDecimal timeTakenSeconds)
    implements LogEvent {

  static final Field<String> PROCESS =
      Field.required(
              ReconcileEvent.class,
              "process",
              "reconcile.process",
              FieldCodecs.KEYWORD,
              ReconcileEvent::process)
          .describedAs("what was reconciled, such as CustomerDB")
          .filtered();

  static final Field<Long> RECORDS_PROCESSED =
      Field.required(
              ReconcileEvent.class,
              "recordsProcessed",
              "reconcile.records_processed",
              FieldCodecs.COUNT,
              ReconcileEvent::recordsProcessed)
          .describedAs("records compared");

  static final Field<Long> DISCREPANCIES_FOUND =
      Field.required(
              ReconcileEvent.class,
              "discrepanciesFound",
              "reconcile.discrepancies_found",
              FieldCodecs.COUNT,
              ReconcileEvent::discrepanciesFound)
          .describedAs("records that differed");

  static final Field<BigDecimal> TIME_TAKEN_SECONDS =
      Field.required(
              ReconcileEvent.class,
              "timeTakenSeconds",
              "reconcile.duration_seconds",
              FieldCodecs.SECONDS,
              ReconcileEvent::timeTakenSeconds)
          .describedAs("how long it took, in seconds");

  static final List<Field<?>> FIELDS =
      List.of(PROCESS, RECORDS_PROCESSED, DISCREPANCIES_FOUND, TIME_TAKEN_SECONDS);

  static LogEvent of(Envelope envelope, Values values) {
    return new ReconcileEvent(
        envelope,
        values.require(PROCESS),
        values.require(RECORDS_PROCESSED),
        values.require(DISCREPANCIES_FOUND),
        values.require(TIME_TAKEN_SECONDS));
  }

  @Override
  public EventType type() {
    return EventType.RECONCILE;
  }

  @Override
  public String category() {
    return "database";
  }

  @Override
  public @Nullable Result outcome() {
    return null;
  }

  @Override
  public String level() {
    return discrepanciesFound > 0 ? "warn" : "info";
  }

  @Override
  public String message() {
    return "Reconciliation of "
        + process
        + ": "
        + recordsProcessed
        + " records, "
        + discrepanciesFound
        + " discrepancies, "
        + timeTakenSeconds
        + " s";
  }
}
