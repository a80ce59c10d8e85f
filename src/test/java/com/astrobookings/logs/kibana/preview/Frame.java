package com.astrobookings.logs.kibana.preview;

import com.astrobookings.logs.kibana.Panel;

/**
 * A rectangle of the picture, in pixels.
 *
 * @param x left edge
 * @param y upper edge
 */
record Frame(double x, double y, double width, double height) {

  private static final double COLUMN = 30;
  private static final double ROW = 24;
  private static final double GAP = 8;

  static final int WIDTH = (int) (48 * COLUMN + GAP);

  static Frame of(Panel panel, double top) {
    return new Frame(
        GAP + panel.grid("x") * COLUMN,
        top + panel.grid("y") * ROW,
        panel.grid("w") * COLUMN - GAP,
        panel.grid("h") * ROW - GAP);
  }

  double right() {
    return x + width;
  }

  double bottom() {
    return y + height;
  }

  Frame inset(double left, double top, double right, double bottom) {
    return new Frame(x + left, y + top, width - left - right, height - top - bottom);
  }
}
