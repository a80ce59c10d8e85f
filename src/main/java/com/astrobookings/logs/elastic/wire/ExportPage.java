package com.astrobookings.logs.elastic.wire;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One answer to a search in a point in time.
 *
 * @param pointInTime the id to go on with
 * @param total the exact number of all events; 0 if it was not counted
 * @param events the events, in their order
 * @param bytes the size of the events in the answer
 */
public record ExportPage(String pointInTime, long total, List<StoredEvent> events, long bytes) {

  /** The answer to a search that nothing can match. */
  public static final ExportPage NONE = new ExportPage("", 0, List.of(), 0);

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads an answer as a stream.
   *
   * @throws StoreUnavailableException if it does not have all shards, or has a document that is not
   *     an event
   */
  public static ExportPage read(InputStream answer) {
    try (answer;
        JsonParser parser = JSON.createParser(ObjectReadContext.empty(), answer)) {
      return new Reading(parser).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Reading {

    private final JsonParser parser;
    private final List<StoredEvent> events = new ArrayList<>();
    private String pointInTime = "";
    private long total;
    private long bytes;

    Reading(JsonParser parser) {
      this.parser = parser;
    }

    ExportPage read() {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "pit_id" -> pointInTime = parser.getString();
          case "timed_out" -> checkInTime(value);
          case "_shards" -> checkShards();
          case "hits" -> hits();
          default -> parser.skipChildren();
        }
      }
      return new ExportPage(pointInTime, total, events, bytes);
    }

    private static void checkInTime(JsonToken value) {
      if (value == JsonToken.VALUE_TRUE) {
        throw new StoreUnavailableException(
            "A shard did not finish its search in time", null, true);
      }
    }

    private void checkShards() {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean failed = parser.currentName().equals("failed");
        parser.nextToken();
        if (failed && parser.getIntValue() > 0) {
          throw new StoreUnavailableException(parser.getIntValue() + " shards failed", null);
        }
        parser.skipChildren();
      }
    }

    private void hits() {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("hits")) {
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            hit();
          }
        } else if (name.equals("total") && value == JsonToken.START_OBJECT) {
          total();
        } else {
          parser.skipChildren();
        }
      }
    }

    private void total() {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean value = parser.currentName().equals("value");
        parser.nextToken();
        if (value) {
          total = parser.getLongValue();
        }
      }
    }

    private void hit() {
      String index = "";
      String id = null;
      Document document = null;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "_index" -> index = parser.getString();
          case "_id" -> id = parser.getString();
          case "_source" -> document = Document.read(parser);
          default -> parser.skipChildren();
        }
      }
      events.add(event(document, index, id));
      bytes += document == null ? 0 : document.bytes();
    }

    private static StoredEvent event(@Nullable Document read, String index, @Nullable String id) {
      Document document = read == null ? new Document(null, "it has no source", 0) : read;
      if (document.event() == null) {
        throw new StoreUnavailableException(document.complaint(index, id), null);
      }
      return document.event();
    }
  }
}
