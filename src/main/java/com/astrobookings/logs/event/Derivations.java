package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.event.value.Result;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the stored document says beyond what the producer sent. Names and values follow the <a
 * href="https://www.elastic.co/docs/reference/ecs">Elastic Common Schema</a>.
 */
final class Derivations {

  static final List<DocumentField<?>> FIELDS =
      List.of(
          DocumentField.text("ecs.version", FieldType.KEYWORD, e -> "9.0.0"),
          DocumentField.text("event.kind", FieldType.KEYWORD, e -> "event"),
          DocumentField.text("event.category", FieldType.KEYWORD, e -> category(e.event())),
          DocumentField.number("event.failed", FieldType.BYTE, e -> failed(e.event())),
          DocumentField.number("event.duration", FieldType.LONG, e -> nanoseconds(e.event())),
          DocumentField.text(
              "event.ingested", FieldType.DATE_NANOS, e -> e.receivedAt().toString()),
          DocumentField.text("log.level", FieldType.KEYWORD, e -> level(e.event())),
          DocumentField.text("error.type", FieldType.KEYWORD, e -> exceptionClass(e.event())),
          DocumentField.text("message", FieldType.TEXT, e -> message(e.event())));

  private static final Pattern THREAD = Pattern.compile("\\AException in thread \"[^\"\\n]*\" ");
  private static final Pattern NAME_END = Pattern.compile("[:\\s]");
  private static final int LONGEST_NAME = 1_024;

  private static final BigDecimal SMALLEST_ROUNDED_UP = new BigDecimal("5e-10");

  private Derivations() {}

  private static @Nullable String category(LogEvent event) {
    return switch (event) {
      case AuthEvent auth -> "authentication";
      case ReconcileEvent reconcile -> "database";
      case ErrorEvent error -> null;
      case NotifyEvent notify -> null;
    };
  }

  private static @Nullable Long failed(LogEvent event) {
    Result result = result(event);
    return result == null ? null : result == Result.FAIL ? 1L : 0L;
  }

  private static @Nullable Result result(LogEvent event) {
    return switch (event) {
      case AuthEvent auth -> auth.result();
      case NotifyEvent notify -> notify.status();
      case ErrorEvent error -> null;
      case ReconcileEvent reconcile -> null;
    };
  }

  private static @Nullable Long nanoseconds(LogEvent event) {
    if (!(event instanceof ReconcileEvent reconcile)) {
      return null;
    }
    BigDecimal seconds = reconcile.timeTakenSeconds();
    return seconds.compareTo(SMALLEST_ROUNDED_UP) < 0
        ? 0L
        : seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static String level(LogEvent event) {
    return switch (event) {
      case ErrorEvent error -> "error";
      case AuthEvent auth -> level(auth.result() == Result.FAIL);
      case NotifyEvent notify -> level(notify.status() == Result.FAIL);
      case ReconcileEvent reconcile -> level(reconcile.discrepanciesFound() > 0);
    };
  }

  private static String level(boolean attention) {
    return attention ? "warn" : "info";
  }

  private static @Nullable String exceptionClass(LogEvent event) {
    if (!(event instanceof ErrorEvent error) || error.stackTrace() == null) {
      return null;
    }
    String trace = THREAD.matcher(error.stackTrace().stripLeading()).replaceFirst("");
    Matcher end = NAME_END.matcher(trace);
    String name = end.find() ? trace.substring(0, end.start()) : trace;
    return isClassName(name) ? name : null;
  }

  /** One pass over the text: a pattern with repeated groups would recurse once for each of them. */
  private static boolean isClassName(String name) {
    if (name.length() > LONGEST_NAME || name.endsWith(".")) {
      return false;
    }
    boolean begins = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (begins
          ? !Character.isJavaIdentifierStart(c)
          : !(c == '.' || Character.isJavaIdentifierPart(c))) {
        return false;
      }
      begins = c == '.';
    }
    return name.indexOf('.') > 0 || name.matches(".+(Exception|Error|Throwable)");
  }

  private static String message(LogEvent event) {
    return switch (event) {
      case AuthEvent auth ->
          "Authentication of %s from %s %s"
              .formatted(account(auth), Addresses.format(auth.ipAddress()), ended(auth.result()));
      case ErrorEvent error -> error.errorCode() + ": " + error.errorMessage();
      case ReconcileEvent reconcile ->
          "Reconciliation of %s: %d records, %d discrepancies, %s s"
              .formatted(
                  reconcile.process(),
                  reconcile.recordsProcessed(),
                  reconcile.discrepanciesFound(),
                  reconcile.timeTakenSeconds());
      case NotifyEvent notify ->
          "Notification %s of job %s to %s %s"
              .formatted(
                  notify.notificationType(),
                  notify.jobId(),
                  notify.recipient(),
                  ended(notify.status()));
    };
  }

  private static @Nullable String account(AuthEvent auth) {
    if (auth.userId() == null) {
      return auth.email();
    }
    return auth.email() == null ? auth.userId() : auth.userId() + " (" + auth.email() + ")";
  }

  private static String ended(Result result) {
    return switch (result) {
      case SUCCESS -> "succeeded";
      case FAIL -> "failed";
    };
  }
}
