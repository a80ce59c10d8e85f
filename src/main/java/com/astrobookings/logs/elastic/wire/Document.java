package com.astrobookings.logs.elastic.wire;

import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.StoredEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * What the source of a stored document turned out to be.
 *
 * @param event null if it is none of ours
 * @param fault why it cannot be read; empty if it can
 * @param bytes its size in the answer
 */
public record Document(@Nullable StoredEvent event, String fault, int bytes) {

  /** Says to operators which document is not an event. */
  public String complaint(String index, @Nullable String id) {
    return "The document %s in %s is not an event of ours: %s".formatted(id, index, fault);
  }

  /**
   * Reads straight from the stream; a document of somebody else does not end the answer. The parser
   * stands on the first token of the document and is left on its last one.
   */
  public static Document read(JsonParser parser) {
    int outside = parser.streamReadContext().getNestingDepth() - 1;
    long start = parser.currentTokenLocation().getByteOffset();
    try {
      StoredEvent event = EventDocument.read(parser);
      long end = parser.currentLocation().getByteOffset();
      return new Document(event, "", Math.toIntExact(end - start));
    } catch (IllegalArgumentException e) {
      leave(parser, outside);
      return new Document(null, String.valueOf(e.getMessage()), 0);
    }
  }

  private static void leave(JsonParser parser, int outside) {
    while (parser.currentToken() != JsonToken.END_OBJECT
        || parser.streamReadContext().getNestingDepth() != outside) {
      parser.nextToken();
    }
  }

  /** Reads documents for the typed layer of the client. */
  public static final class Deserializer extends ValueDeserializer<Document> {

    @Override
    public Document deserialize(JsonParser parser, DeserializationContext context) {
      return read(parser);
    }
  }
}
