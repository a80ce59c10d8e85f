package com.astrobookings.logs.kibana.preview;

import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.panels.Table;
import com.astrobookings.logs.kibana.preview.Svg.Anchor;

/** A table: the name of the group on the left, its numbers on the right. */
final class Grid {

  private static final double ROW = 21;
  private static final int SIZE = 12;

  private final Svg svg;
  private final Frame frame;
  private final Layer layer;
  private final Table table;

  Grid(Svg svg, Frame frame, Layer layer, Table table) {
    this.svg = svg;
    this.frame = frame;
    this.layer = layer;
    this.table = table;
  }

  void draw() {
    double y = frame.y() + 14;
    svg.bold(frame.x(), y, SIZE, Svg.FAINT, Anchor.START, layer.buckets().getFirst().label());
    for (int i = 0; i < layer.metrics().size(); i++) {
      svg.bold(right(i), y, SIZE, Svg.FAINT, Anchor.END, layer.metrics().get(i).label());
    }
    for (Table.Row row : table.rows()) {
      y += ROW;
      if (y > frame.bottom() + 4) {
        return;
      }
      row(row, y);
    }
  }

  private void row(Table.Row row, double y) {
    svg.line(frame.x(), y - 15, frame.right(), y - 15);
    String name = Svg.cut(row.keys().getFirst(), frame.width() * 0.34, SIZE);
    svg.words(frame.x(), y, SIZE, Svg.INK, Anchor.START, name);
    for (int i = 0; i < row.cells().size(); i++) {
      String words = Cells.of(layer.metrics().get(i), row.cells().get(i));
      svg.words(right(i), y, SIZE, Svg.INK, Anchor.END, words);
    }
  }

  private double right(int column) {
    double columns = frame.width() * 0.64 / layer.metrics().size();
    return frame.right() - (layer.metrics().size() - 1 - column) * columns;
  }
}
