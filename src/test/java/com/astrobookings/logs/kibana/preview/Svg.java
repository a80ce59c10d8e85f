package com.astrobookings.logs.kibana.preview;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A picture of lines, boxes and words. */
final class Svg {

  static final String INK = "#1a2440";
  static final String FAINT = "#5a6478";
  static final String LINE = "#dfe3ea";

  /** Told apart by those who see colours otherwise, too. */
  private static final String[] COLOURS = {"#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9"};

  private static final double LETTER = 0.54;

  private final StringBuilder text = new StringBuilder();

  enum Anchor {
    START,
    MIDDLE,
    END
  }

  static String colour(int index) {
    return COLOURS[index % COLOURS.length];
  }

  void box(double x, double y, double width, double height, String fill, String stroke) {
    text.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"4\" fill=\"%s\""
                + " stroke=\"%s\"/>\n",
            x,
            y,
            width,
            height,
            fill,
            stroke));
  }

  void bar(double x, double y, double width, double height, String fill) {
    text.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
            x,
            y,
            width,
            height,
            fill));
  }

  /** A line through points, x and y by turns, with attributes of SVG. */
  void path(List<Double> points, String attributes) {
    String xy =
        points.stream()
            .map(point -> String.format(Locale.ROOT, "%.1f", point))
            .collect(Collectors.joining(" "));
    text.append("<polyline points=\"%s\" fill=\"none\" %s/>\n".formatted(xy, attributes));
  }

  void line(double x1, double y1, double x2, double y2) {
    path(List.of(x1, y1, x2, y2), "stroke=\"%s\"".formatted(LINE));
  }

  void words(double x, double y, int size, String fill, Anchor anchor, String words) {
    write(x, y, size, fill, anchor, "normal", words);
  }

  void bold(double x, double y, int size, String fill, Anchor anchor, String words) {
    write(x, y, size, fill, anchor, "bold", words);
  }

  /** As much of the words as fits, about. */
  static String cut(String words, double width, int size) {
    int letters = (int) (width / (size * LETTER));
    return words.length() <= letters ? words : words.substring(0, Math.max(0, letters - 1)) + "…";
  }

  /** About how wide the words are. */
  static double width(String words, int size) {
    return words.length() * size * LETTER;
  }

  String picture(int width, int height, String title) {
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " font-family=\"Inter, 'Segoe UI', Helvetica, Arial, sans-serif\">\n"
            + "<title>%s</title>\n%s</svg>\n",
        width,
        height,
        escaped(title),
        text);
  }

  private void write(
      double x, double y, int size, String fill, Anchor anchor, String weight, String words) {
    text.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" fill=\"%s\" text-anchor=\"%s\""
                + " font-weight=\"%s\">%s</text>\n",
            x,
            y,
            size,
            fill,
            anchor.name().toLowerCase(Locale.ROOT),
            weight,
            escaped(words)));
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
