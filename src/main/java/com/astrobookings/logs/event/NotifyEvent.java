package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.FieldCodecs;
import com.astrobookings.logs.event.value.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification job that has ended.
 *
 * @param envelope what all types have in common
 * @param jobId the job in the reporting system
 * @param notificationType what kind of message it sends
 * @param recipient to whom
 * @param status how it ended
 */
public record NotifyEvent(
    Envelope envelope, String jobId, String notificationType, String recipient, Result status)
    implements LogEvent {

  static final Field<String> JOB_ID =
      Field.required(
              NotifyEvent.class,
              "jobId",
              "notification.job_id",
              FieldCodecs.KEYWORD,
              NotifyEvent::jobId)
          .describedAs("job in the reporting system")
          .filtered();

  static final Field<String> NOTIFICATION_TYPE =
      Field.required(
              NotifyEvent.class,
              "notificationType",
              "notification.type",
              FieldCodecs.KEYWORD,
              NotifyEvent::notificationType)
          .describedAs("kind of message, such as BOOKING_CONFIRMATION")
          .filtered();

  static final Field<String> RECIPIENT =
      Field.required(
              NotifyEvent.class,
              "recipient",
              "notification.recipient",
              FieldCodecs.NAME_IN_ANY_CASE,
              NotifyEvent::recipient)
          .describedAs("address the message went to")
          .filtered()
          .aboutAPerson();

  static final Field<Result> STATUS =
      Field.required(
              NotifyEvent.class, "status", "event.outcome", FieldCodecs.RESULT, NotifyEvent::status)
          .describedAs("SUCCESS or FAIL")
          .filteredAs("outcome");

  static final List<Field<?>> FIELDS = List.of(JOB_ID, NOTIFICATION_TYPE, RECIPIENT, STATUS);

  static LogEvent of(Envelope envelope, Values values) {
    return new NotifyEvent(
        envelope,
        values.require(JOB_ID),
        values.require(NOTIFICATION_TYPE),
        values.require(RECIPIENT),
        values.require(STATUS));
  }

  @Override
  public EventType type() {
    return EventType.NOTIFY;
  }

  @Override
  public @Nullable String category() {
    return null;
  }

  @Override
  public Result outcome() {
    return status;
  }

  @Override
  public String level() {
    return status.level();
  }

  @Override
  public String message() {
    return "Notification "
        + notificationType
        + " of job "
        + jobId
        + " to "
        + recipient
        + " "
        + status.ended();
  }
}
