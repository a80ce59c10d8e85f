package com.astrobookings.logs.elastic.write;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import com.astrobookings.logs.elastic.index.MonthIndex;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the answer to a bulk request as a stream: to its end only if an item failed, and of items
 * that were stored nothing but their status.
 */
final class BulkResponseParser {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int CREATED = 201;

  private final JsonParser parser;
  private final MonthIndex month;
  private final List<FailedItem> failed = new ArrayList<>();
  private int items;

  /**
   * States what an item means that was not stored.
   *
   * @param item counted from zero
   */
  record FailedItem(int item, ItemVerdict verdict) {}

  private BulkResponseParser(JsonParser parser, MonthIndex month) {
    this.parser = parser;
    this.month = month;
  }

  /**
   * Reads an answer.
   *
   * @param expected how many items were sent
   * @return the items that were not stored, in their order; all others were
   * @throws IllegalArgumentException if this is not the answer to such a request
   * @throws tools.jackson.core.JacksonException if it is not JSON, or not all of it
   */
  static List<FailedItem> parse(InputStream answer, MonthIndex month, int expected) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), answer)) {
      BulkResponseParser response = new BulkResponseParser(parser, month);
      if (response.hasErrors() && response.items != expected) {
        throw new IllegalArgumentException(
            "The answer to a bulk request of %d items has %d".formatted(expected, response.items));
      }
      return response.failed;
    }
  }

  /** Stops at the statement that there are no errors: what follows are items that were stored. */
  private boolean hasErrors() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("The answer to a bulk request is no JSON object");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("errors") && value == JsonToken.VALUE_FALSE) {
        return false;
      }
      if (name.equals("items") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          readItem();
        }
      } else {
        parser.skipChildren();
      }
    }
    return true;
  }

  /**
   * Reads {@code {"create":{"_index":…,"status":…,"error":{…}}}}, with the members in any order.
   */
  private void readItem() {
    parser.nextToken();
    parser.nextToken();
    int status = 0;
    String index = "";
    ErrorCause error = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "status" -> status = parser.getIntValue();
        case "_index" -> index = parser.getString();
        case "error" -> error = readError();
        default -> parser.skipChildren();
      }
    }
    parser.nextToken();
    if (error != null || status != CREATED) {
      ErrorCause known = error == null ? ErrorCause.of(e -> e.type("unknown")) : error;
      failed.add(new FailedItem(items, ItemVerdict.of(status, known, index, month)));
    }
    items++;
  }

  private ErrorCause readError() {
    ErrorCause.Builder error = new ErrorCause.Builder();
    String type = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("type")) {
        type = parser.getString();
      } else if (name.equals("reason") && value != JsonToken.VALUE_NULL) {
        error.reason(parser.getString());
      } else if (name.equals("caused_by") && value == JsonToken.START_OBJECT) {
        error.causedBy(readError());
      } else {
        parser.skipChildren();
      }
    }
    return error.type(type == null ? "unknown" : type).build();
  }
}
