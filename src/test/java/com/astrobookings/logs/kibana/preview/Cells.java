package com.astrobookings.logs.kibana.preview;

import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Layer.Metric;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as the format and the colours of their metric say. */
final class Cells {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMM d, HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Cells() {}

  static String of(Metric metric, @Nullable Object value) {
    return switch (value) {
      case null -> "–";
      case Instant instant -> DATE.format(instant);
      case Double number -> number(metric, number);
      default -> throw new IllegalArgumentException("unknown value " + value);
    };
  }

  /** A group as Kibana names it. */
  static String group(String key) {
    return switch (key) {
      case "__other__" -> "Other";
      case "__missing__" -> "(missing value)";
      default -> key;
    };
  }

  static String colour(Metric metric, @Nullable Object value) {
    return Dashboard.elements(metric.node().at("/color/steps"))
        .filter(step -> value instanceof Double number && number >= step.path("gte").asDouble(-1))
        .map(step -> step.path("color").asString())
        .reduce(Svg.INK, (lower, higher) -> higher);
  }

  private static String number(Metric metric, double number) {
    int decimals = metric.node().at("/format/decimals").asInt(0);
    return metric.node().at("/format/type").asString("").equals("percent")
        ? decimal(number * 100, decimals) + " %"
        : decimal(number, decimals);
  }

  private static String decimal(double number, int decimals) {
    DecimalFormat format =
        new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(number);
  }
}
