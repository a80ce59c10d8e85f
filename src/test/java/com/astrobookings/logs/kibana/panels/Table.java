package com.astrobookings.logs.kibana.panels;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a chart shows: one row for each innermost bucket, in order.
 *
 * @param rows the only row has no keys when the chart has no buckets
 */
public record Table(List<Row> rows) {

  /**
   * A row.
   *
   * @param keys of its buckets, the outermost first
   * @param cells numbers as {@link Double}, instants as {@link Instant}, null where there is no
   *     value
   */
  public record Row(List<String> keys, List<@Nullable Object> cells) {}

  /** Whether no row has anything but zeros. */
  boolean isEmpty() {
    return rows.stream()
        .flatMap(row -> row.cells().stream())
        .allMatch(cell -> cell == null || cell.equals(number(0)));
  }

  /** A number as it is compared: sums of fractions differ in their last digits. */
  static Object number(double value) {
    return Math.round(value * 1e6) / 1e6;
  }

  /** An instant as it is compared: aggregations of dates know milliseconds. */
  static Object instant(double epochMilli) {
    return Instant.ofEpochMilli((long) epochMilli);
  }

  @Override
  public String toString() {
    return rows.stream()
        .map(row -> row.keys() + " " + row.cells())
        .collect(Collectors.joining("\n", "\n", "\n"));
  }
}
