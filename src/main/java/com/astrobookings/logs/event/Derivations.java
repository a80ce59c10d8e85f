package com.astrobookings.logs.event;

import com.astrobookings.logs.event.error.GroupingKey;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.event.value.Result;
import com.astrobookings.logs.event.value.StoredInstants;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Derives the fields of the stored document that producers do not send. Names and values follow the
 * <a href="https://www.elastic.co/docs/reference/ecs">Elastic Common Schema</a>.
 */
final class Derivations {

  static final List<DocumentField<?>> FIELDS =
      List.of(
          DocumentField.text("ecs.version", FieldType.KEYWORD, e -> "9.0.0"),
          DocumentField.text("event.kind", FieldType.KEYWORD, e -> "event"),
          DocumentField.text("event.category", FieldType.KEYWORD, e -> e.event().category()),
          DocumentField.number("event.failed", FieldType.BYTE, e -> failed(e.event())),
          DocumentField.number("event.duration", FieldType.LONG, e -> nanoseconds(e.event())),
          DocumentField.text(
              "event.ingested", FieldType.DATE_NANOS, e -> StoredInstants.format(e.receivedAt())),
          DocumentField.text("log.level", FieldType.KEYWORD, e -> e.event().level()),
          DocumentField.text("error.grouping_key", FieldType.KEYWORD, e -> groupingKey(e.event())),
          DocumentField.text("error.type", FieldType.KEYWORD, e -> exceptionClass(e.event())),
          DocumentField.text("message", FieldType.TEXT, e -> e.event().message()));

  /** What the JVM writes before the trace of a thread that dies. */
  private static final String THREAD_PREFIX = "Exception in thread \"";

  private static final int MAX_CLASS_NAME_SIZE = 1_024;

  private static final BigDecimal MIN_ROUNDED_UP = new BigDecimal("5e-10");

  private Derivations() {}

  private static @Nullable Long failed(LogEvent event) {
    Result result = event.outcome();
    return result == null ? null : result == Result.FAIL ? 1L : 0L;
  }

  private static @Nullable Long nanoseconds(LogEvent event) {
    if (!(event instanceof ReconcileEvent reconcile)) {
      return null;
    }
    BigDecimal seconds = reconcile.timeTakenSeconds();
    return seconds.compareTo(MIN_ROUNDED_UP) < 0
        ? 0L
        : seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static @Nullable String exceptionClass(LogEvent event) {
    if (!(event instanceof ErrorEvent error) || error.stackTrace() == null) {
      return null;
    }
    String trace = error.stackTrace();
    int start = classNameStart(trace);
    int end = start;
    while (end < trace.length() && trace.charAt(end) != ':' && !isSpace(trace.charAt(end))) {
      end++;
    }
    return end - start <= MAX_CLASS_NAME_SIZE && isClassName(trace, start, end)
        ? trace.substring(start, end)
        : null;
  }

  private static @Nullable String groupingKey(LogEvent event) {
    return event instanceof ErrorEvent error
        ? GroupingKey.of(error.stackTrace(), error.errorCode(), error.errorMessage())
        : null;
  }

  private static int classNameStart(String trace) {
    int start = 0;
    while (start < trace.length() && Character.isWhitespace(trace.charAt(start))) {
      start++;
    }
    if (!trace.startsWith(THREAD_PREFIX, start)) {
      return start;
    }
    int quote = trace.indexOf('"', start + THREAD_PREFIX.length());
    int line = trace.indexOf('\n', start);
    return quote < 0 || (line >= 0 && line < quote) || !trace.startsWith("\" ", quote)
        ? start
        : quote + 2;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Whether the text is a qualified Java name, or a simple one that ends like an exception. */
  private static boolean isClassName(String text, int start, int end) {
    boolean begins = true;
    boolean qualified = false;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (begins
          ? !Character.isJavaIdentifierStart(c)
          : !(c == '.' || Character.isJavaIdentifierPart(c))) {
        return false;
      }
      begins = c == '.';
      qualified |= begins;
    }
    return !begins && (qualified || isExceptionName(text.substring(start, end)));
  }

  private static boolean isExceptionName(String name) {
    return Stream.of("Exception", "Error", "Throwable")
        .anyMatch(suffix -> name.endsWith(suffix) && name.length() > suffix.length());
  }
}
