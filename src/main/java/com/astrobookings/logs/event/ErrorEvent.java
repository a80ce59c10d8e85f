package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.FieldCodecs;
import com.astrobookings.logs.event.value.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A critical error.
 *
 * @param envelope what all types have in common
 * @param errorCode the code by which the reporting system knows the error
 * @param errorMessage what went wrong
 * @param stackTrace where it went wrong, whole; null if the failure has none
 */
public record ErrorEvent(
    Envelope envelope, String errorCode, String errorMessage, @Nullable String stackTrace)
    implements LogEvent {

  static final Field<String> ERROR_CODE =
      Field.required(
              ErrorEvent.class,
              "errorCode",
              "error.code",
              FieldCodecs.KEYWORD,
              ErrorEvent::errorCode)
          .describedAs("code of the error in the reporting system")
          .filtered();

  static final Field<String> ERROR_MESSAGE =
      Field.required(
              ErrorEvent.class,
              "errorMessage",
              "error.message",
              FieldCodecs.SENTENCE,
              ErrorEvent::errorMessage)
          .describedAs("what went wrong");

  static final Field<String> STACK_TRACE =
      Field.optional(
              ErrorEvent.class,
              "stackTrace",
              "error.stack_trace",
              FieldCodecs.STACK_TRACE,
              ErrorEvent::stackTrace)
          .describedAs("stack trace, if the failure has one");

  static final List<Field<?>> FIELDS = List.of(ERROR_CODE, ERROR_MESSAGE, STACK_TRACE);

  static LogEvent of(Envelope envelope, Values values) {
    return new ErrorEvent(
        envelope,
        values.require(ERROR_CODE),
        values.require(ERROR_MESSAGE),
        values.get(STACK_TRACE));
  }

  @Override
  public EventType type() {
    return EventType.ERROR;
  }

  @Override
  public @Nullable String category() {
    return null;
  }

  @Override
  public @Nullable Result outcome() {
    return null;
  }

  @Override
  public String level() {
    return "error";
  }

  @Override
  public String message() {
    return errorCode + ": " + errorMessage;
  }
}
