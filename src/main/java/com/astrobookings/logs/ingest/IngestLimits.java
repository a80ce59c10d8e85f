package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.value.EventLimits;
import java.time.Duration;
import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of requests and events. What exceeds a limit is refused, never truncated.
 *
 * @param body a request's body after decompression
 * @param bodyTime how long a body may take to arrive
 * @param events events in one request
 * @param event the JSON of one event
 * @param stackTrace a stack trace in UTF-8
 * @param string any other string in UTF-8
 * @param maxAge how far a timestamp may lie in the past
 * @param maxAhead how far a timestamp may lie in the future
 * @param memory all bodies that are being read or written, together. By default a tenth of the
 *     heap, because an event needs several times its size on its way through the service; but no
 *     more than 16MB for each processor, because more could not be stored in time
 */
@ConfigurationProperties("logs.limits")
record IngestLimits(
    @DefaultValue("10MB") DataSize body,
    @DefaultValue("60s") Duration bodyTime,
    @DefaultValue("10000") int events,
    @DefaultValue("256KB") DataSize event,
    @DefaultValue("64KB") DataSize stackTrace,
    @DefaultValue("8KB") DataSize string,
    @DefaultValue("10y") Period maxAge,
    @DefaultValue("1h") Duration maxAhead,
    @Nullable DataSize memory) {

  private static final DataSize MAX_BODY = DataSize.ofGigabytes(1);

  /** A document of a larger one might not fit into what a read takes from Elasticsearch at once. */
  private static final DataSize MAX_EVENT = DataSize.ofMegabytes(4);

  private static final int SHARE_OF_HEAP = 10;
  private static final DataSize FOR_EACH_PROCESSOR = DataSize.ofMegabytes(16);

  IngestLimits {
    check(body.compareTo(MAX_BODY) <= 0, "body", "must be at most 1GB, not " + body);
    positive(body, "body");
    positive(event, "event");
    positive(string, "string");
    positive(stackTrace, "stack-trace");
    check(event.compareTo(MAX_EVENT) <= 0, "event", "must be at most 4MB, not " + event);
    check(event.compareTo(body) <= 0, "event", "must not be larger than the body, " + body);
    check(events > 0, "events", "must be at least 1, not " + events);
    check(bodyTime.isPositive(), "body-time", "must be longer than nothing, not " + bodyTime);
    check(
        string.toBytes() <= EventLimits.MAX_STRING_BYTES,
        "string",
        "must be at most %dB, the longest string that Elasticsearch indexes, not %s"
            .formatted(EventLimits.MAX_STRING_BYTES, string));
    check(!maxAge.isNegative(), "max-age", "must not be negative, as " + maxAge);
    check(!maxAhead.isNegative(), "max-ahead", "must not be negative, as " + maxAhead);
    check(
        memory == null || memory.compareTo(body) >= 0,
        "memory",
        "must have room for one body, %s, not %s".formatted(body, memory));
  }

  /** The part of the limits that every single event has to keep. */
  EventLimits ofEvent() {
    return new EventLimits(
        (int) event.toBytes(),
        (int) string.toBytes(),
        (int) stackTrace.toBytes(),
        maxAge,
        maxAhead);
  }

  /** Bytes of all bodies that are on their way, here. */
  long memoryBytes() {
    Runtime machine = Runtime.getRuntime();
    return memoryBytes(machine.maxMemory(), machine.availableProcessors());
  }

  /** Bytes of all bodies that are on their way, with this heap and these processors. */
  long memoryBytes(long heap, int processors) {
    return memory == null
        ? Math.max(
            body.toBytes(),
            Math.min(heap / SHARE_OF_HEAP, processors * FOR_EACH_PROCESSOR.toBytes()))
        : memory.toBytes();
  }

  private static void positive(DataSize size, String name) {
    check(size.toBytes() > 0, name, "must be at least 1B, not " + size);
    check(size.toBytes() <= Integer.MAX_VALUE, name, "must be less than 2GB, not " + size);
  }

  private static void check(boolean valid, String name, String message) {
    if (!valid) {
      throw new IllegalArgumentException("logs.limits." + name + " " + message);
    }
  }
}
