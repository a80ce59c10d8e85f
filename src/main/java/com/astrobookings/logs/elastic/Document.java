package com.astrobookings.logs.elastic;

import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.StoreUnavailableException;
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
 */
record Document(@Nullable StoredEvent event, String fault) {

  /** The event; a document of somebody else among ours is a fault that an operator must see. */
  static StoredEvent require(@Nullable Document document, String index, @Nullable String id) {
    if (document == null || document.event == null) {
      String fault = document == null ? "it has no source" : document.fault;
      throw new StoreUnavailableException(
          "The document %s in %s is not an event of ours: %s".formatted(id, index, fault), null);
    }
    return document.event;
  }

  /** Reads straight from the stream; a document of somebody else does not end the answer. */
  static final class Deserializer extends ValueDeserializer<Document> {

    @Override
    public Document deserialize(JsonParser parser, DeserializationContext context) {
      int outside = parser.streamReadContext().getNestingDepth() - 1;
      try {
        return new Document(EventDocument.read(parser), "");
      } catch (IllegalArgumentException e) {
        leave(parser, outside);
        return new Document(null, String.valueOf(e.getMessage()));
      }
    }

    private static void leave(JsonParser parser, int outside) {
      while (parser.currentToken() != JsonToken.END_OBJECT
          || parser.streamReadContext().getNestingDepth() != outside) {
        parser.nextToken();
      }
    }
  }
}
