package com.astrobookings.logs.kibana.preview;

import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.Panel;
import com.astrobookings.logs.kibana.panels.EventIndices;
import com.astrobookings.logs.kibana.panels.PanelAnswer;
import com.astrobookings.logs.kibana.panels.Period;
import com.astrobookings.logs.kibana.panels.Table;
import com.astrobookings.logs.kibana.preview.Svg.Anchor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A chart over time: stacked bars or lines, with its line of a threshold and its notes. */
final class Timeline {

  private final Svg svg;
  private final Frame plot;
  private final Frame frame;
  private final Panel panel;
  private final Period period;
  private final EventIndices indices;

  /** Each series by its name: the value at each step of time. */
  private final Map<String, Map<String, @Nullable Object>> series = new LinkedHashMap<>();

  Timeline(Svg svg, Frame frame, Panel panel, Period period, EventIndices indices) {
    this.svg = svg;
    this.frame = frame;
    this.plot = frame.inset(40, 4, 0, panel.config().has("legend") ? 34 : 12);
    this.panel = panel;
    this.period = period;
    this.indices = indices;
  }

  void draw() {
    Layer layer = panel.layers().getFirst();
    collect(layer);
    boolean lines = panel.config().at("/layers/0/type").asString().equals("line");
    double threshold = panel.config().at("/layers/1/thresholds/0/value").asDouble(0);
    double highest = Math.max(threshold * 1.1, lines ? highestValue() : highestStack());
    axes(layer, highest);
    if (lines) {
      lines(highest);
    } else {
      bars(layer, highest);
    }
    if (threshold > 0) {
      threshold(threshold, highest);
    }
    panel.layers().stream().skip(1).forEach(this::notes);
    legend(layer);
  }

  private void collect(Layer layer) {
    for (Table.Row row : PanelAnswer.of(layer, indices, period).rows()) {
      String time = row.keys().getLast();
      for (int i = 0; i < row.cells().size(); i++) {
        String name =
            row.keys().size() > 1
                ? Cells.group(row.keys().getFirst())
                : layer.metrics().get(i).label();
        series.computeIfAbsent(name, any -> new TreeMap<>()).put(time, row.cells().get(i));
      }
    }
  }

  private void axes(Layer layer, double highest) {
    for (double share : new double[] {0, 0.5, 1}) {
      double y = y(share * highest, highest);
      svg.line(plot.x(), y, plot.right(), y);
      String number = Cells.of(layer.metrics().getFirst(), share * highest);
      svg.words(plot.x() - 6, y + 4, 10, Svg.FAINT, Anchor.END, number);
    }
    boolean days = period.length().compareTo(Duration.ofDays(2)) > 0;
    int ticks = days ? 7 : frame.width() > 500 ? 8 : 4;
    for (int i = 0; i < ticks; i++) {
      Instant tick = period.from().plus(period.length().multipliedBy(i).dividedBy(ticks));
      String label = tick.toString().substring(days ? 5 : 11, days ? 10 : 16);
      svg.words(x(tick.toString()), plot.bottom() + 14, 10, Svg.FAINT, Anchor.START, label);
    }
  }

  private void bars(Layer layer, double highest) {
    Map<String, Double> below = new HashMap<>();
    int index = 0;
    for (Map.Entry<String, Map<String, @Nullable Object>> one : series.entrySet()) {
      String colour = colour(layer, index++);
      one.getValue()
          .forEach((time, cell) -> {
            double value = Picture.number(cell);
            double top = below.merge(time, value, Double::sum);
            if (value > 0) {
              double height = plot.height() * value / highest;
              svg.bar(x(time), y(top, highest), step() * 0.85, height, colour);
            }
          });
    }
  }

  private void lines(double highest) {
    int index = 0;
    for (Map<String, @Nullable Object> values : series.values()) {
      List<Double> points = new ArrayList<>();
      values.forEach((time, cell) -> {
        if (cell != null) {
          points.add(x(time) + step() / 2);
          points.add(y(Picture.number(cell), highest));
        }
      });
      svg.path(points, "stroke=\"%s\" stroke-width=\"2\"".formatted(Svg.colour(index++)));
    }
  }

  private void threshold(double value, double highest) {
    JsonNode line = panel.config().at("/layers/1/thresholds/0");
    String colour = line.at("/color/color").asString();
    double y = y(value, highest);
    svg.path(
        List.of(plot.x(), y, plot.right(), y),
        "stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"6 4\"".formatted(colour));
    svg.words(plot.right(), y - 5, 11, colour, Anchor.END, line.path("label").asString());
  }

  private void notes(Layer notes) {
    for (Table.Row row : PanelAnswer.of(notes, indices, period).rows()) {
      double x = x(row.keys().getFirst()) + step() / 2;
      svg.path(List.of(x, plot.y(), x, plot.bottom()), "stroke=\"#c61e25\" stroke-width=\"1\"");
      svg.words(x + 4, plot.y() + 8, 11, "#c61e25", Anchor.START, "▲");
    }
  }

  private void legend(Layer layer) {
    double x = plot.x();
    int index = 0;
    for (String name : panel.config().has("legend") ? series.keySet() : List.<String>of()) {
      svg.bar(x, frame.bottom() - 4, 10, 10, colour(layer, index++));
      svg.words(x + 15, frame.bottom() + 5, 11, Svg.INK, Anchor.START, name);
      x += Svg.width(name, 11) + 44;
    }
  }

  private static String colour(Layer layer, int index) {
    boolean grouped = layer.buckets().size() > 1;
    JsonNode metric = layer.metrics().get(grouped ? 0 : index).node();
    return metric.at("/color/color").asString(Svg.colour(index));
  }

  private double highestValue() {
    return series.values().stream()
        .flatMap(values -> values.values().stream())
        .mapToDouble(Picture::number)
        .max()
        .orElse(1);
  }

  private double highestStack() {
    Map<String, Double> stacks = new HashMap<>();
    series
        .values()
        .forEach(values ->
            values.forEach((time, cell) -> stacks.merge(time, Picture.number(cell), Double::sum)));
    return Math.max(1e-9, stacks.values().stream().mapToDouble(v -> v).max().orElse(1));
  }

  private double x(String time) {
    double passed = Duration.between(period.from(), Instant.parse(time)).toMillis();
    return plot.x() + plot.width() * passed / period.length().toMillis();
  }

  private double y(double value, double highest) {
    return plot.bottom() - plot.height() * value / highest;
  }

  private double step() {
    return plot.width() / period.starts().size();
  }
}
