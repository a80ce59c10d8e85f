package com.astrobookings.logs.kibana.preview;

import com.astrobookings.logs.kibana.Layer.Metric;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes values as the format of their metric says. */
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

  private static String number(Metric metric, double number) {
    int decimals = metric.format().path("decimals").asInt(0);
    if (metric.format().path("type").asString("").equals("percent")) {
      return decimal(number * 100, decimals) + " %";
    }
    return decimal(number, decimals);
  }

  private static String decimal(double number, int decimals) {
    DecimalFormat format =
        new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(decimals);
    return format.format(number);
  }
}
