package com.astrobookings.logs.elastic.aggregation;

import com.astrobookings.logs.elastic.wire.Document;
import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.stats.EventStats.Sample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The document that is sorted first of those with one value.
 *
 * @param timestamp what it is sorted by
 * @param sample its event; null if the search did not ask for it
 */
record TopHit(@Nullable Instant timestamp, @Nullable Sample sample) {

  private static final long NANOSECONDS = 1_000_000_000;

  /** Reads a hit. The parser stands on its first token and is left on its last one. */
  static TopHit read(JsonParser parser) {
    Instant timestamp = null;
    StoredEvent event = null;
    String exception = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "_source" -> event = event(parser);
        case "fields" -> exception = firstString(parser);
        case "sort" -> timestamp = firstTimestamp(parser);
        default -> parser.skipChildren();
      }
    }
    return new TopHit(timestamp, event == null ? null : new Sample(event, exception));
  }

  private static StoredEvent event(JsonParser parser) {
    try {
      return EventDocument.read(parser);
    } catch (IllegalArgumentException e) {
      Document foreign = new Document(null, String.valueOf(e.getMessage()), 0);
      throw new StoreUnavailableException(foreign.complaint("an index", null), e);
    }
  }

  /** Reads {@code {"error.type":["…"]}}. */
  private static @Nullable String firstString(JsonParser parser) {
    String first = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        first = parser.getString();
      }
    }
    return first;
  }

  private static Instant firstTimestamp(JsonParser parser) {
    parser.nextToken();
    long nanoseconds = parser.getLongValue();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
    }
    return Instant.ofEpochSecond(
        Math.floorDiv(nanoseconds, NANOSECONDS), Math.floorMod(nanoseconds, NANOSECONDS));
  }
}
