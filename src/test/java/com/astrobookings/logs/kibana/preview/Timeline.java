package com.astrobookings.logs.kibana.preview;

import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.panels.Period;
import com.astrobookings.logs.kibana.panels.Table;
import com.astrobookings.logs.kibana.preview.Svg.Anchor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bars over time, those of several groups on top of each other. */
final class Timeline {

  private static final double LEFT = 34;
  private static final int TICKS = 8;

  private final Svg svg;
  private final Frame frame;
  private final Period period;
  private final Layer layer;
  private final Table table;
  private final Map<String, Double> heights = new HashMap<>();

  Timeline(Svg svg, Frame frame, Period period, Layer layer, Table table) {
    this.svg = svg;
    this.frame = frame;
    this.period = period;
    this.layer = layer;
    this.table = table;
  }

  void draw() {
    List<String> groups = table.rows().stream().map(this::group).distinct().toList();
    double highest = highest();
    axes(highest, groups.size() > 1 || layer.buckets().size() > 1);
    for (Table.Row row : table.rows()) {
      String time = row.keys().getLast();
      double value = value(row);
      double below = heights.merge(time, value, Double::sum) - value;
      double height = value / highest * plotHeight();
      double y = plotBottom() - below / highest * plotHeight() - height;
      if (value > 0) {
        svg.bar(x(time), y, step() * 0.85, height, Svg.colour(groups.indexOf(group(row))));
      }
    }
    if (layer.buckets().size() > 1) {
      legend(groups);
    }
  }

  private void axes(double highest, boolean legend) {
    for (double share : new double[] {0, 0.5, 1}) {
      double y = plotBottom() - share * plotHeight();
      svg.line(frame.x() + LEFT, y, frame.right(), y);
      String number = "%d".formatted(Math.round(share * highest));
      svg.words(frame.x() + LEFT - 6, y + 4, 10, Svg.FAINT, Anchor.END, number);
    }
    int every = legend ? 1 : 2;
    Duration whole = Duration.between(period.from(), period.to()).plusMillis(1);
    for (int i = 0; i < TICKS; i += every) {
      Instant tick = period.from().plus(whole.multipliedBy(i).dividedBy(TICKS));
      String label = tick.toString().substring(11, 16);
      svg.words(x(tick.toString()), plotBottom() + 14, 10, Svg.FAINT, Anchor.START, label);
    }
  }

  private void legend(List<String> groups) {
    double x = frame.x() + LEFT;
    for (String group : groups) {
      svg.bar(x, frame.bottom() - 4, 10, 10, Svg.colour(groups.indexOf(group)));
      svg.words(x + 15, frame.bottom() + 5, 11, Svg.INK, Anchor.START, group);
      x += Svg.width(group, 11) + 44;
    }
  }

  /** The next even number above the highest stack. */
  private double highest() {
    Map<String, Double> stacks = new HashMap<>();
    table.rows().forEach(row -> stacks.merge(row.keys().getLast(), value(row), Double::sum));
    double highest = stacks.values().stream().mapToDouble(stack -> stack).max().orElse(0);
    return Math.max(2, Math.ceil(highest / 2) * 2);
  }

  private static double value(Table.Row row) {
    return row.cells().getFirst() instanceof Double number ? number : 0;
  }

  private String group(Table.Row row) {
    return row.keys().size() > 1 ? row.keys().getFirst() : layer.metrics().getFirst().label();
  }

  private double x(String time) {
    double steps =
        (double) Duration.between(period.from(), Instant.parse(time)).toMillis()
            / period.step().toMillis();
    return frame.x() + LEFT + steps * step();
  }

  private double step() {
    return (frame.width() - LEFT) / period.starts().size();
  }

  private double plotHeight() {
    return plotBottom() - frame.y() - 8;
  }

  private double plotBottom() {
    return frame.bottom() - (layer.buckets().size() > 1 ? 34 : 12);
  }
}
