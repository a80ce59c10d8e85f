package com.astrobookings.logs.elastic.read;

import co.elastic.clients.transport.rest5_client.low_level.Response;
import com.astrobookings.logs.elastic.wire.Document;
import com.astrobookings.logs.elastic.wire.Documents.Place;
import com.astrobookings.logs.elastic.wire.LowLevelClient;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.memory.ReadMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads one document by its id as it is now, whether searches see it already or not. */
final class DocumentReader {

  private static final JsonFactory JSON = new JsonFactory();

  private final LowLevelClient client;

  DocumentReader(LowLevelClient client) {
    this.client = client;
  }

  /**
   * Reads the event in a place.
   *
   * @param memory pays for the answer
   * @return empty if there is no such document, or no such index; fails with {@link
   *     StoreUnavailableException} if it is not an event, and with whatever the client fails with
   */
  Mono<StoredEvent> read(Place place, ReadMemory.Share memory) {
    String path =
        "/%s/_doc/%s"
            .formatted(place.index(), URLEncoder.encode(place.id(), StandardCharsets.UTF_8));
    return Requests.repeatable(client.get(path, memory))
        .mapNotNull(response -> event(response, place));
  }

  private static @Nullable StoredEvent event(Response response, Place place) {
    try (InputStream body = response.getEntity().getContent();
        JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      return event(parser, place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads {@code {"found":…,"_source":{…}}}, or {@code {"error":{"type":…}}} without an index. */
  private static @Nullable StoredEvent event(JsonParser parser, Place place) {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("_source")) {
        return source(parser, place);
      }
      if (name.equals("found") && value == JsonToken.VALUE_FALSE) {
        return null;
      }
      if (name.equals("error") && value == JsonToken.START_OBJECT) {
        return noIndex(parser, place);
      }
      parser.skipChildren();
    }
    throw new StoreUnavailableException("The answer for %s has no document".formatted(place), null);
  }

  private static StoredEvent source(JsonParser parser, Place place) {
    try {
      return EventDocument.read(parser);
    } catch (IllegalArgumentException e) {
      Document foreign = new Document(null, String.valueOf(e.getMessage()), 0);
      throw new StoreUnavailableException(foreign.complaint(place.index(), place.id()), e);
    }
  }

  private static @Nullable StoredEvent noIndex(JsonParser parser, Place place) {
    String type = "an unknown error";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean named = parser.currentName().equals("type");
      parser.nextToken();
      if (named) {
        type = parser.getString();
      } else {
        parser.skipChildren();
      }
    }
    if (type.equals("index_not_found_exception")) {
      return null;
    }
    throw new StoreUnavailableException("status 404, %s: %s".formatted(type, place), null);
  }
}
