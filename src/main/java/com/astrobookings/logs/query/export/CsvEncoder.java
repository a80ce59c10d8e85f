package com.astrobookings.logs.query.export;

import com.astrobookings.logs.event.StoredEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encodes events as comma-separated values (RFC 4180): rows end with CR LF, a cell with a
 * separator, a quote or a line break is quoted. An absent value is an empty cell, an empty text is
 * {@code ""}.
 *
 * <p>Spreadsheets evaluate a cell that begins like a formula, and events hold what strangers have
 * typed. Such a text gets an apostrophe before it. Numbers cannot be formulas and stay as they are.
 */
final class CsvEncoder implements ExportFormat.Encoder {

  private static final String END_OF_ROW = "\r\n";

  /** What begins a formula, in its ASCII and its full-width form. */
  private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

  /** What spreadsheets skip before they look for a formula. */
  private static final String SKIPPED = " \t\r\n\u00A0\u3000\uFEFF\u200B";

  private final OutputStream out;
  private final List<Column> columns;
  private final boolean raw;
  private final StringBuilder row = new StringBuilder();

  CsvEncoder(OutputStream out, List<Column> columns, boolean raw) {
    this.out = out;
    this.columns = columns;
    this.raw = raw;
  }

  @Override
  public void begin() {
    for (Column column : columns) {
      append(column.name(), false);
      row.append(',');
    }
    end();
  }

  @Override
  public void write(StoredEvent event) {
    for (Column column : columns) {
      String cell = column.cell().apply(event);
      if (cell != null) {
        append(cell, !raw && !column.number() && isFormula(cell));
      }
      row.append(',');
    }
    end();
  }

  private void append(String cell, boolean neutralised) {
    if (!needsQuotes(cell)) {
      row.append(neutralised ? "'" : "").append(cell);
      return;
    }
    row.append(neutralised ? "\"'" : "\"");
    int from = 0;
    for (int quote = cell.indexOf('"'); quote >= 0; quote = cell.indexOf('"', from)) {
      row.append(cell, from, quote + 1).append('"');
      from = quote + 1;
    }
    row.append(cell, from, cell.length()).append('"');
  }

  private static boolean needsQuotes(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r' || c == ';' || c == '\t') {
        return true;
      }
    }
    return cell.isEmpty() || cell.charAt(0) == ' ' || cell.charAt(cell.length() - 1) == ' ';
  }

  /** Whether the first character that is seen begins a formula; a leading tab or CR may. */
  static boolean isFormula(String cell) {
    if (cell.isEmpty()) {
      return false;
    }
    if (cell.charAt(0) == '\t' || cell.charAt(0) == '\r') {
      return true;
    }
    int seen = 0;
    while (seen < cell.length() && SKIPPED.indexOf(cell.charAt(seen)) >= 0) {
      seen++;
    }
    return seen < cell.length() && FORMULA.indexOf(cell.charAt(seen)) >= 0;
  }

  /** Ends a row, of which each cell has a comma behind it. */
  private void end() {
    row.setLength(row.length() - 1);
    row.append(END_OF_ROW);
    try {
      out.write(row.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    row.setLength(0);
  }

  @Override
  public void flush() {
    // rows are passed on as they end
  }
}
