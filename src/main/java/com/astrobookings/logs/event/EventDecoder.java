package com.astrobookings.logs.event;

import com.astrobookings.logs.event.text.Hints;
import com.astrobookings.logs.event.text.Nearest;
import com.astrobookings.logs.event.value.EventLimits;
import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.event.value.Violation.Rule;
import java.time.Instant;
import java.util.function.Supplier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Decodes the events of one request: reads JSON in one pass and returns either an event or every
 * violation it has. Not safe for use by several threads; create one for each request.
 */
public final class EventDecoder {

  private static final int MAX_NAME_SIZE = 128;

  private final EventLimits limits;
  private final Supplier<String> ids;
  private final Instant receivedAt;
  private final EventRules rules;
  private final Hints hints = new Hints();
  private final Values values = new Values();
  private final Violations violations = new Violations();

  /**
   * Creates a decoder.
   *
   * @param limits the bounds of an event
   * @param ids supplies the id of each valid event that has none; never the same one twice
   * @param receivedAt the time of receipt of the request
   */
  public EventDecoder(EventLimits limits, Supplier<String> ids, Instant receivedAt) {
    this.limits = limits;
    this.ids = ids;
    this.receivedAt = receivedAt;
    this.rules = new EventRules(limits, receivedAt);
  }

  /**
   * Decodes one value, which should be an event. The parser stands on its first token and is left
   * on its last one.
   *
   * @throws tools.jackson.core.JacksonException if the text is not JSON
   */
  public Decoded decode(JsonParser parser) {
    values.clear();
    violations.clear();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      violations.add("", Rule.TYPE, "an event is a JSON object");
      parser.skipChildren();
      return new Decoded.Invalid(null, null, violations.list());
    }
    long start = parser.currentTokenLocation().getByteOffset();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      readMember(parser);
    }
    long bytes = parser.currentLocation().getByteOffset() - start;
    if (bytes > limits.eventBytes()) {
      violations.add(
          "",
          Rule.SIZE,
          "the event has %,d bytes; at most %,d are accepted"
              .formatted(bytes, limits.eventBytes()));
    }
    rules.check(values, violations);
    return violations.isEmpty()
        ? new Decoded.Valid(new StoredEvent(event(), receivedAt))
        : new Decoded.Invalid(
            values.get(Envelope.ID), values.get(Envelope.TIMESTAMP), violations.list());
  }

  private void readMember(JsonParser parser) {
    String name = parser.currentName();
    parser.nextToken();
    Field<?> field = EventSchema.fields().get(name);
    if (field == null) {
      unknown(name);
      parser.skipChildren();
    } else if (!values.add(field)) {
      violations.add(field.pointer(), Rule.REPEATED, "is stated twice; state it once");
      parser.skipChildren();
    } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
      readValue(field, parser);
    }
  }

  private <T> void readValue(Field<T> field, JsonParser parser) {
    T value = field.codec().read(parser, limits, violations.relativeTo(field.pointer()));
    violations.relativeTo("");
    if (value == null) {
      values.markUnreadable(field);
    } else {
      values.put(field, value);
    }
  }

  private void unknown(String name) {
    if (name.length() > MAX_NAME_SIZE) {
      violations.add(
          "",
          Rule.UNKNOWN,
          "has a member whose name is longer than " + MAX_NAME_SIZE + " characters");
      return;
    }
    String hint = hints.take() ? hint(name) : "";
    violations.add(Violation.token(name), Rule.UNKNOWN, "is not a member of an event" + hint);
  }

  private static String hint(String name) {
    return Nearest.to(name, EventSchema.fields().keySet())
        .map(near -> "; did you mean " + near + "?")
        .orElse("; put what has no member of its own into labels");
  }

  private LogEvent event() {
    String id = values.get(Envelope.ID);
    Instant timestamp = values.get(Envelope.TIMESTAMP);
    Envelope envelope =
        Envelope.of(
            values, id == null ? ids.get() : id, timestamp == null ? receivedAt : timestamp);
    return values.require(Envelope.TYPE).create(envelope, values);
  }
}
