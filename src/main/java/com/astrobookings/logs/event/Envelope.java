package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.FieldCodecs;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The members that events of every type may have.
 *
 * @param id the idempotency key, unique within the UTC month of the timestamp
 * @param timestamp when the event happened, with nanoseconds
 * @param source the reporting system
 * @param traceId the trace the event belongs to
 * @param labels further string pairs, in the order of the keys; may be empty
 */
public record Envelope(
    String id,
    Instant timestamp,
    @Nullable String source,
    @Nullable String traceId,
    Map<String, String> labels) {

  static final Field<String> ID =
      Field.optional(LogEvent.class, "id", "event.id", FieldCodecs.ID, LogEvent::id)
          .describedAs("idempotency key; with it the timestamp is required");

  static final Field<EventType> TYPE =
      Field.required(
              LogEvent.class,
              "type",
              "event.code",
              FieldCodecs.constant(EventType.class),
              LogEvent::type)
          .describedAs("one of " + EventType.names());

  static final Field<Instant> TIMESTAMP =
      Field.optional(
              LogEvent.class, "timestamp", "@timestamp", FieldCodecs.INSTANT, LogEvent::timestamp)
          .describedAs("when it happened; the time of receipt if absent");

  static final Field<String> SOURCE =
      Field.optional(
              LogEvent.class,
              "source",
              "service.name",
              FieldCodecs.KEYWORD,
              e -> e.envelope().source())
          .describedAs("name of the reporting system")
          .filtered();

  static final Field<String> TRACE_ID =
      Field.optional(
              LogEvent.class,
              "traceId",
              "trace.id",
              FieldCodecs.KEYWORD,
              e -> e.envelope().traceId())
          .describedAs("trace the event belongs to")
          .filtered();

  static final Field<Map<String, String>> LABELS =
      Field.optional(
              LogEvent.class, "labels", "labels", FieldCodecs.LABELS, Envelope::labelsOrNothing)
          .describedAs("further string pairs")
          .filteredAs("label");

  static final List<Field<?>> FIELDS = List.of(ID, TYPE, TIMESTAMP, SOURCE, TRACE_ID, LABELS);

  /** Keeps the labels from changing. */
  public Envelope {
    labels = labels.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  static Envelope of(Values values, String id, Instant timestamp) {
    Map<String, String> labels = values.get(LABELS);
    return new Envelope(
        id,
        timestamp,
        values.get(SOURCE),
        values.get(TRACE_ID),
        labels == null ? Map.of() : labels);
  }

  private static @Nullable Map<String, String> labelsOrNothing(LogEvent event) {
    Map<String, String> labels = event.envelope().labels();
    return labels.isEmpty() ? null : labels;
  }
}
