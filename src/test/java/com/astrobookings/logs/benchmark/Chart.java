package com.astrobookings.logs.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of the page as bars: for each work the events a second of each side. */
final class Chart {

  static final Path PAGE = Path.of("src", "docs", "benchmark.md");
  static final Path FILE = Path.of("src", "docs", "images", "benchmark.svg");

  private static final int WIDTH = 760;
  private static final int BARS_FROM = 190;
  private static final int LONGEST = 430;
  private static final Map<String, String> COLOURS =
      Map.of("service", "#0b64dd", "direct", "#98a2b3", "naive", "#d9a441", "bare", "#d0d5dd");

  /**
   * A row of the table.
   *
   * @param work what is done, and how many requests are under way
   * @param side who does it
   * @param rate events a second
   */
  private record Row(String work, String side, double rate) {}

  private Chart() {}

  /** The image in SVG for a page in Markdown. */
  static String of(String page) {
    Map<String, List<Row>> works = new LinkedHashMap<>();
    page.lines()
        .map(line -> line.split(" *\\| *"))
        .filter(cells -> cells.length > 9 && COLOURS.containsKey(cells[3].split(",", 2)[0]))
        .map(Chart::row)
        .forEach(row -> works.computeIfAbsent(row.work(), work -> new ArrayList<>()).add(row));
    StringBuilder bars = new StringBuilder();
    int y = 10;
    for (Map.Entry<String, List<Row>> work : works.entrySet()) {
      y += 30;
      bars.append(text(10, y, "bold", work.getKey()));
      double most = work.getValue().stream().mapToDouble(Row::rate).max().orElseThrow();
      for (Row row : work.getValue()) {
        y += 22;
        bars.append(bar(row, y, most));
      }
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" \
    font-family="system-ui, sans-serif" font-size="13" role="img">
    <title>Events a second of the service and of what it is compared with</title>
    <rect width="100%%" height="100%%" fill="#ffffff"/>
    %3$s</svg>
    """
        .formatted(WIDTH, y + 20, bars);
  }

  private static Row row(String[] cells) {
    String work = "%s, %s under way".formatted(cells[1], cells[2]);
    return new Row(work, cells[3], Double.parseDouble(cells[4].replace(",", "")));
  }

  private static String bar(Row row, int y, double most) {
    long width = Math.max(1, Math.round(row.rate() / most * LONGEST));
    return text(20, y, "normal", row.side())
        + "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"14\" fill=\"%s\"/>\n"
            .formatted(BARS_FROM, y - 11, width, COLOURS.get(row.side().split(",", 2)[0]))
        + text(
            BARS_FROM + width + 8,
            y,
            "normal",
            String.format(Locale.ROOT, "%,.0f events/s", row.rate()));
  }

  private static String text(long x, int y, String weight, String text) {
    return "<text x=\"%d\" y=\"%d\" font-weight=\"%s\" fill=\"#1d2939\">%s</text>\n"
        .formatted(x, y, weight, text);
  }
}
