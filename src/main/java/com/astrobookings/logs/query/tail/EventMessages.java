package com.astrobookings.logs.query.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.astrobookings.logs.event.EventJson;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.tail.TailEncoder;
import com.astrobookings.logs.store.tail.TailPosition;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Encodes messages of an event stream (WHATWG HTML, section 9.2, server-sent events). JSON has no
 * line breaks outside of strings, and escapes those within.
 */
enum EventMessages implements TailEncoder {
  /** With all members of events. */
  WHOLE(true),
  /** Without personal data. */
  WITHOUT_PERSONAL_DATA(false);

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final boolean personal;

  EventMessages(boolean personal) {
    this.personal = personal;
  }

  @Override
  public void encode(StoredEvent event, String position, ByteArrayOutputStream out) {
    out.writeBytes(bytes("event: log\nid: " + position + "\ndata: "));
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      EventJson.write(generator, event, personal);
    }
    out.write('\n');
    out.write('\n');
  }

  /** Begins a stream; the client resumes at the position if the stream breaks before an event. */
  static byte[] start(TailPosition position, int retryMillis) {
    return bytes(": tail\nretry: %d\nid: %s\n\n".formatted(retryMillis, position.encode()));
  }

  /** Moves the position of the client without a message: a block without data gives none. */
  static byte[] progress(TailPosition position) {
    return bytes("id: " + position.encode() + "\n\n");
  }

  /** A comment, which clients ignore. */
  static byte[] comment(String text) {
    return bytes(": " + text + "\n\n");
  }

  static byte[] problem(byte[] json) {
    return bytes("event: problem\ndata: " + new String(json, UTF_8) + "\n\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
