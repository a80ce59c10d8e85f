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
 * Turns the JSON of one event into an event, or says everything that is wrong with it. Each byte is
 * read once. Safe for use by several threads.
 */
public final class EventDecoder {

  private static final int LONGEST_NAME = 128;

  private final EventLimits limits;
  private final Supplier<String> ids;

  /**
   * A decoder with these bounds.
   *
   * @param limits what an event may have at most
   * @param ids gives an id to each valid event that came without one; never the same one twice
   */
  public EventDecoder(EventLimits limits, Supplier<String> ids) {
    this.limits = limits;
    this.ids = ids;
  }

  /**
   * Reads one value, which should be an event. The parser stands on its first token and is left on
   * its last.
   *
   * @param receivedAt the time of receipt
   * @param hints shared by all events of a request
   * @throws tools.jackson.core.JacksonException if the text is not JSON
   */
  public Decoded decode(JsonParser parser, Instant receivedAt, Hints hints) {
    Violations violations = new Violations();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      violations.add("", Rule.TYPE, "an event is a JSON object");
      parser.skipChildren();
      return new Decoded.Invalid(null, null, violations.list());
    }
    long start = parser.currentTokenLocation().getByteOffset();
    Values values = new Values();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      readMember(parser, values, violations, hints);
    }
    long bytes = parser.currentLocation().getByteOffset() - start;
    if (bytes > limits.eventBytes()) {
      violations.add(
          "",
          Rule.SIZE,
          "the event has %,d bytes; at most %,d are taken".formatted(bytes, limits.eventBytes()));
    }
    new EventRules(limits, receivedAt).check(values, violations);
    return violations.isEmpty()
        ? valid(values, receivedAt)
        : new Decoded.Invalid(
            values.get(Envelope.ID), values.get(Envelope.TIMESTAMP), violations.list());
  }

  private void readMember(JsonParser parser, Values values, Violations violations, Hints hints) {
    String name = parser.currentName();
    parser.nextToken();
    Field<?> field = EventSchema.fields().get(name);
    if (field == null) {
      unknown(name, violations, hints);
      parser.skipChildren();
    } else if (!values.mention(field)) {
      violations.add(Violation.token(name), Rule.REPEATED, "is stated twice; state it once");
      parser.skipChildren();
    } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
      readValue(field, parser, values, violations);
    }
  }

  private <T> void readValue(
      Field<T> field, JsonParser parser, Values values, Violations violations) {
    T value = field.kind().read(parser, limits, violations.below(Violation.token(field.name())));
    if (value == null) {
      values.markUnreadable(field);
    } else {
      values.put(field, value);
    }
  }

  private static void unknown(String name, Violations violations, Hints hints) {
    if (name.length() > LONGEST_NAME) {
      violations.add(
          "",
          Rule.UNKNOWN,
          "has a member whose name is longer than " + LONGEST_NAME + " characters");
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

  private Decoded valid(Values values, Instant receivedAt) {
    String id = values.get(Envelope.ID);
    Instant timestamp = values.get(Envelope.TIMESTAMP);
    Envelope envelope =
        Envelope.of(
            values, id == null ? ids.get() : id, timestamp == null ? receivedAt : timestamp);
    LogEvent event = values.require(Envelope.TYPE).create(envelope, values);
    return new Decoded.Valid(new StoredEvent(event, receivedAt));
  }
}
