package com.astrobookings.logs.kibana.preview;

import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.Panel;
import com.astrobookings.logs.kibana.panels.Period;
import com.astrobookings.logs.kibana.panels.Table;
import com.astrobookings.logs.kibana.preview.Svg.Anchor;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Draws a dashboard: its grid, titles, labels and formats from the file, its values from tables.
 */
final class Drawing {

  private static final double TOP = 112;
  private static final String LABEL =
      "PREVIEW · drawn from the dashboard's file and Elasticsearch's answers about an invented day"
          + " · not a screenshot of Kibana";

  private final Svg svg = new Svg();
  private final Dashboard dashboard;
  private final Period period;
  private final Function<Layer, Table> tables;

  /**
   * A drawing.
   *
   * @param tables what each chart shows
   */
  Drawing(Dashboard dashboard, Period period, Function<Layer, Table> tables) {
    this.dashboard = dashboard;
    this.period = period;
    this.tables = tables;
  }

  String picture() {
    double bottom = bottom();
    svg.bar(0, 0, Frame.WIDTH, bottom + 48, "#f6f8fb");
    heading();
    dashboard.panelsOutsideSections().forEach(this::panel);
    sections(bottom);
    return svg.picture(Frame.WIDTH, (int) bottom + 48, title() + ", preview");
  }

  private void heading() {
    svg.bold(16, 32, 20, Svg.INK, Anchor.START, title());
    svg.words(Frame.WIDTH - 12, 31, 12, "#9a3412", Anchor.END, LABEL);
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
    if (!panel.isChart()) {
      links(panel, frame);
      return;
    }
    String title = Svg.cut(panel.title(), frame.width() - 24, 13);
    svg.bold(frame.x() + 12, frame.y() + 21, 13, Svg.INK, Anchor.START, title);
    for (Layer layer : panel.layers()) {
      chart(panel, layer, frame.content());
    }
  }

  private void chart(Panel panel, Layer layer, Frame frame) {
    Table table = tables.apply(layer);
    String type = panel.config().path("type").asString();
    switch (type) {
      case "metric" -> tile(layer, table, frame);
      case "xy" -> new Timeline(svg, frame, period, layer, table).draw();
      case "data_table" -> new Grid(svg, frame, layer, table).draw();
      default -> throw new IllegalArgumentException("no drawing of " + type);
    }
  }

  private void tile(Layer layer, Table table, Frame frame) {
    var cells = table.rows().getFirst().cells();
    var primary = layer.metrics().getFirst();
    String value = Cells.of(primary, cells.getFirst());
    int size = value.length() > 8 ? 20 : 30;
    svg.words(frame.x(), frame.y() + 12, 12, Svg.FAINT, Anchor.START, primary.label());
    svg.bold(frame.x(), frame.y() + 44, size, Svg.INK, Anchor.START, value);
    if (cells.size() > 1) {
      var second = layer.metrics().get(1);
      String words = second.label() + " " + Cells.of(second, cells.get(1));
      svg.words(frame.x(), frame.bottom() + 2, 12, Svg.FAINT, Anchor.START, words);
    }
  }

  private void links(Panel panel, Frame frame) {
    double x = frame.x() + 16;
    for (String part : panel.config().path("content").asString().split(" \\| ", -1)) {
      boolean here = part.startsWith("**");
      String words = here ? part.replace("*", "") : part.replaceAll("\\[(.*)]\\(.*\\)", "$1");
      svg.bold(
          x,
          frame.y() + frame.height() / 2 + 5,
          14,
          here ? Svg.INK : "#0b64b4",
          Anchor.START,
          words);
      x += Svg.width(words, 14) + 44;
    }
  }

  private void sections(double bottom) {
    dashboard.body().path("panels").values().stream()
        .filter(node -> node.has("panels"))
        .forEach(section -> {
          svg.box(8, bottom + 8, Frame.WIDTH - 16, 30, "#ffffff", Svg.LINE);
          String words = "▸ " + section.path("title").asString();
          svg.bold(20, bottom + 28, 13, Svg.INK, Anchor.START, words);
        });
  }

  private double bottom() {
    return dashboard.panelsOutsideSections().stream()
        .mapToDouble(panel -> Frame.of(panel, TOP).bottom())
        .max()
        .orElseThrow();
  }

  private String title() {
    return dashboard.body().path("title").asString();
  }
}
