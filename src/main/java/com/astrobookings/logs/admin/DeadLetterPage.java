package com.astrobookings.logs.admin;

import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.EventJson;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.text.Names;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.spool.DeadLetter;
import com.astrobookings.logs.web.parameter.Choices;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One page of dead letters.
 *
 * @param total number of all dead letters
 * @param more whether others may follow
 */
record DeadLetterPage(Order order, long total, List<DeadLetter> letters, boolean more) {

  private static final JsonFactory JSON = new JsonFactory();

  /** The order of dead letters, which is that in which they were found. */
  enum Order {
    /** The oldest first. */
    ASC,
    /** The newest first. */
    DESC;

    private static final String PREFIX = "dead-letters ";

    static Order parse(String text) {
      return Choices.byLowerCaseName(Order.class).apply(text);
    }

    String label() {
      return Names.lowerCase(this);
    }

    /** Returns the id that precedes all others. */
    long beforeFirst() {
      return this == ASC ? 0 : Long.MAX_VALUE;
    }

    String encode(long id) {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((PREFIX + label() + " " + id).getBytes(StandardCharsets.US_ASCII));
    }

    Long decode(String cursor) {
      try {
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        String begin = PREFIX + label() + " ";
        if (text.startsWith(begin)) {
          return Long.valueOf(text.substring(begin.length()));
        }
      } catch (IllegalArgumentException foreign) {
        // The same as a cursor of another list.
      }
      throw new InvalidValueException(
          "is not a cursor of this list in this order; leave it out to begin again");
    }
  }

  /** Returns the cursor of the next page; null if there is none. */
  @Nullable String next() {
    return more && !letters.isEmpty() ? order.encode(letters.getLast().id()) : null;
  }

  /**
   * Writes the page.
   *
   * @param personal whether personal data is shown
   */
  byte[] json(boolean personal) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      generator.writeStartObject();
      generator.writeStringProperty("order", order.label());
      generator.writeName("total");
      generator.writeStartObject();
      generator.writeNumberProperty("value", total);
      generator.writeStringProperty("relation", "eq");
      generator.writeEndObject();
      generator.writeName("deadLetters");
      generator.writeStartArray();
      letters.forEach(letter -> write(letter, generator, personal));
      generator.writeEndArray();
      String next = next();
      if (next != null) {
        generator.writeStringProperty("next", next);
      }
      generator.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void write(DeadLetter letter, JsonGenerator generator, boolean personal) {
    generator.writeStartObject();
    generator.writeStringProperty("id", Long.toString(letter.id()));
    generator.writeStringProperty("reason", letter.failure().reason());
    generator.writeStringProperty("detail", letter.failure().detail());
    generator.writeStringProperty("foundAt", letter.failure().at().toString());
    event(letter)
        .ifPresent(event -> {
          generator.writeName("event");
          EventJson.write(generator, event, personal);
        });
    generator.writeEndObject();
  }

  /** Returns the event; empty if what the spool holds is none. */
  private static Optional<StoredEvent> event(DeadLetter letter) {
    try {
      return Optional.of(EventDocument.read(letter.entry().value()));
    } catch (RuntimeException unreadable) {
      return Optional.empty();
    }
  }
}
