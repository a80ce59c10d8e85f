package com.astrobookings.logs.kibana.preview;

import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.Layer.Metric;
import com.astrobookings.logs.kibana.Panel;
import com.astrobookings.logs.kibana.panels.EventIndices;
import com.astrobookings.logs.kibana.panels.PanelAnswer;
import com.astrobookings.logs.kibana.panels.PanelSearch;
import com.astrobookings.logs.kibana.panels.Period;
import com.astrobookings.logs.kibana.panels.Table;
import com.astrobookings.logs.kibana.preview.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Draws a dashboard: grid, titles, labels and formats from the file, values from Elasticsearch. */
final class Picture {

  private static final double TOP = 112;
  private static final double ROW = 21;
  private static final String LABEL =
      "PREVIEW · drawn from the dashboard's file and Elasticsearch's answers about invented days"
          + " · not a screenshot of Kibana";

  private final Svg svg = new Svg();
  private final Dashboard dashboard;
  private final Period period;
  private final EventIndices indices;

  Picture(Dashboard dashboard, Period period, EventIndices indices) {
    this.dashboard = dashboard;
    this.period = period;
    this.indices = indices;
  }

  String draw() {
    double bottom =
        dashboard.panels().stream().mapToDouble(p -> Frame.of(p, TOP).bottom()).max().orElseThrow();
    String title = dashboard.body().path("title").asString();
    svg.bar(0, 0, Frame.WIDTH, bottom + 8, "#f6f8fb");
    svg.bold(16, 32, 20, Svg.INK, Anchor.START, title);
    svg.words(Frame.WIDTH - 12, 31, 12, "#9a3412", Anchor.END, LABEL);
    head();
    dashboard.panels().forEach(this::panel);
    return svg.picture(Frame.WIDTH, (int) bottom + 8, title + ", preview");
  }

  private void head() {
    svg.box(8, 46, Frame.WIDTH - 16, 26, "#ffffff", Svg.LINE);
    svg.words(20, 63, 12, Svg.INK, Anchor.START, dashboard.query());
    String range = dashboard.body().at("/time_range/from").asString().replace("now-", "last ");
    svg.words(Frame.WIDTH - 20, 63, 12, Svg.FAINT, Anchor.END, range);
    double x = 8;
    for (JsonNode control : dashboard.body().path("pinned_panels").values()) {
      svg.box(x, 80, 250, 24, "#ffffff", Svg.LINE);
      svg.bold(x + 12, 96, 12, Svg.INK, Anchor.START, control.at("/config/title").asString());
      svg.words(x + 238, 96, 12, Svg.FAINT, Anchor.END, "Any");
      x += 258;
    }
  }

  private void panel(Panel panel) {
    Frame frame = Frame.of(panel, TOP);
    svg.box(frame.x(), frame.y(), frame.width(), frame.height(), "#ffffff", Svg.LINE);
    String title = Svg.cut(panel.config().path("title").asString(""), frame.width() - 24, 13);
    svg.bold(frame.x() + 12, frame.y() + 21, 13, Svg.INK, Anchor.START, title);
    Frame content = frame.inset(12, 30, 12, 10);
    switch (panel.kind() + panel.type()) {
      case "links" -> links(frame);
      case "discover_session" -> events(panel, content);
      case "vismetric" -> tile(panel, content);
      case "visdata_table" -> table(panel.layers().getFirst(), content);
      case "vispie" -> bars(panel.layers().getFirst(), content);
      case "visxy" -> {
        if (panel.layers().getFirst().buckets().getLast().isTime()) {
          new Timeline(svg, content, panel, period, indices).draw();
        } else {
          bars(panel.layers().getFirst(), content);
        }
      }
      default -> throw new IllegalArgumentException("no drawing of " + panel);
    }
  }

  private void links(Frame frame) {
    double x = frame.x() + 16;
    for (JsonNode link : dashboard.links().toList()) {
      String words = link.path("label").asString();
      boolean here = link.path("destination").asString().equals(dashboard.id());
      double y = frame.y() + frame.height() / 2 + 5;
      svg.bold(x, y, 14, here ? Svg.INK : "#0b64b4", Anchor.START, words);
      x += Svg.width(words, 14) + 44;
    }
  }

  private void tile(Panel panel, Frame frame) {
    List<Layer> layers = panel.layers();
    Metric metric = layers.getFirst().metrics().getFirst();
    var cells = answer(layers.getFirst()).rows().getFirst().cells();
    trend(answer(layers.get(1)), frame.inset(-11, 62, -11, -9));
    String value = Cells.of(metric, cells.getFirst());
    String colour = Cells.colour(metric, cells.getFirst());
    svg.words(frame.x(), frame.y() + 10, 12, Svg.FAINT, Anchor.START, metric.label());
    svg.bold(frame.x(), frame.y() + 44, 28, colour, Anchor.START, value);
    svg.words(frame.right(), frame.y() + 24, 12, Svg.FAINT, Anchor.END, "before");
    String change =
        panel.config().at("/metrics/1").has("compare")
            ? change(cells.getFirst(), cells.getLast())
            : "";
    String before = change + Cells.of(metric, cells.getLast());
    svg.words(frame.right(), frame.y() + 42, 13, Svg.INK, Anchor.END, before);
  }

  private static String change(Object now, Object before) {
    return now instanceof Double a && before instanceof Double b
        ? a > b ? "▲ " : a < b ? "▼ " : "= "
        : "";
  }

  private void trend(Table table, Frame frame) {
    List<Double> values = table.rows().stream().map(row -> number(row.cells().getFirst())).toList();
    double highest = Math.max(1e-9, values.stream().mapToDouble(v -> v).max().orElse(0));
    List<Double> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      points.add(frame.x() + frame.width() * i / (values.size() - 1));
      points.add(frame.bottom() - frame.height() * values.get(i) / highest);
    }
    svg.path(points, "stroke=\"#9fc3e8\" stroke-width=\"2\"");
  }

  private void table(Layer layer, Frame frame) {
    int columns = layer.metrics().size();
    double first = columns > 3 ? 0.26 : 0.34;
    double width = frame.width() * (0.98 - first) / columns;
    double y = frame.y() + 14;
    svg.bold(frame.x(), y, 12, Svg.FAINT, Anchor.START, layer.buckets().getFirst().label());
    for (int i = 0; i < columns; i++) {
      double right = frame.right() - (columns - 1 - i) * width;
      svg.bold(right, y, 12, Svg.FAINT, Anchor.END, layer.metrics().get(i).label());
    }
    for (Table.Row row : answer(layer).rows()) {
      y += ROW;
      if (y > frame.bottom() + 4) {
        return;
      }
      svg.line(frame.x(), y - 15, frame.right(), y - 15);
      String name = Svg.cut(Cells.group(row.keys().getFirst()), frame.width() * first, 12);
      svg.words(frame.x(), y, 12, Svg.INK, Anchor.START, name);
      for (int i = 0; i < columns; i++) {
        double right = frame.right() - (columns - 1 - i) * width;
        Metric metric = layer.metrics().get(i);
        Object cell = row.cells().get(i);
        svg.words(right, y, 12, Cells.colour(metric, cell), Anchor.END, Cells.of(metric, cell));
      }
    }
  }

  /** Horizontal bars, which stand for a pie too: its slices with their shares of the whole. */
  private void bars(Layer layer, Frame frame) {
    List<Table.Row> rows = answer(layer).rows();
    double highest =
        rows.stream().mapToDouble(row -> number(row.cells().getFirst())).max().orElse(1);
    double all = rows.stream().mapToDouble(row -> number(row.cells().getFirst())).sum();
    boolean pie = layer.panel().type().equals("pie");
    double y = frame.y() + 4;
    for (Table.Row row : rows) {
      double value = number(row.cells().getFirst());
      String name = Svg.cut(Cells.group(row.keys().getFirst()), frame.width() * 0.38, 12);
      String words = Cells.of(layer.metrics().getFirst(), value);
      String share = pie ? " (%d %%)".formatted(Math.round(100 * value / all)) : "";
      svg.words(frame.x(), y + 13, 12, Svg.INK, Anchor.START, name);
      double left = frame.x() + frame.width() * 0.4;
      double width = frame.width() * 0.42 * value / highest;
      svg.bar(left, y + 2, width, 14, Svg.colour(pie ? rows.indexOf(row) : 0));
      svg.words(left + width + 6, y + 13, 12, Svg.FAINT, Anchor.START, words + share);
      y += ROW;
    }
  }

  private void events(Panel panel, Frame frame) {
    List<String> columns =
        Dashboard.elements(panel.config().at("/tabs/0/column_order"))
            .map(JsonNode::asString)
            .toList();
    int shown = (int) (frame.height() / ROW);
    JsonNode hits =
        indices
            .search(
                "astrobookings-events-*", new PanelSearch(period).ofEvents(panel, shown).toString())
            .at("/hits/hits");
    double width = (frame.width() - 190) / (columns.size() - 1);
    double y = frame.y() + 14;
    for (int row = -1; row < hits.size() && y < frame.bottom() + 4; row++) {
      for (int i = 0; i < columns.size(); i++) {
        double x = frame.x() + (i == 0 ? 0 : 190 + (i - 1) * width);
        if (row < 0) {
          svg.bold(x, y, 12, Svg.FAINT, Anchor.START, columns.get(i));
        } else {
          String cell = hits.path(row).path("fields").path(columns.get(i)).path(0).asString("–");
          svg.words(
              x,
              y,
              12,
              Svg.INK,
              Anchor.START,
              Svg.cut(cell.lines().findFirst().orElse(""), width - 10, 12));
        }
      }
      y += ROW;
    }
  }

  private Table answer(Layer layer) {
    return PanelAnswer.of(layer, indices, period);
  }

  static double number(Object cell) {
    return cell instanceof Double number ? number : 0;
  }
}
