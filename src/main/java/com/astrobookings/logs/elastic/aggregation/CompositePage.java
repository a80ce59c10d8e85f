package com.astrobookings.logs.elastic.aggregation;

import com.astrobookings.logs.store.StoreUnavailableException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A page of the counts of all values.
 *
 * @param counts of values, in the order of their keys
 * @param pointInTime the id for the next search; null if the answer has none
 */
public record CompositePage(List<Entry> counts, @Nullable String pointInTime) {

  /** Copies the list. */
  public CompositePage {
    counts = List.copyOf(counts);
  }

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * The count of a value, or of a pair of values.
   *
   * @param first the value of the first field
   * @param second the value of the second field; null if there is none
   */
  public record Entry(String first, @Nullable String second, long count) {}

  /**
   * Reads the answer to {@link StatsAggregations#page}.
   *
   * @throws StoreUnavailableException if shards failed or did not finish in time
   */
  public static CompositePage read(InputStream answer) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), answer)) {
      List<Entry> counts = new ArrayList<>();
      String pointInTime = null;
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "timed_out", "_shards" -> AggregatesParser.check(name, parser);
          case "pit_id" -> pointInTime = parser.getString();
          case "aggregations" -> counts = aggregation(parser);
          default -> parser.skipChildren();
        }
      }
      return new CompositePage(counts, pointInTime);
    }
  }

  private static List<Entry> aggregation(JsonParser parser) {
    List<Entry> counts = new ArrayList<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean buckets = parser.currentName().equals("buckets");
        parser.nextToken();
        while (buckets && parser.nextToken() == JsonToken.START_OBJECT) {
          counts.add(entry(parser));
        }
        parser.skipChildren();
      }
    }
    return counts;
  }

  /** Reads {@code {"key":{"0":…,"1":…},"doc_count":…}}. */
  private static Entry entry(JsonParser parser) {
    List<@Nullable String> key = new ArrayList<>();
    long count = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("key")) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          key.add(parser.nextToken() == JsonToken.VALUE_NULL ? null : parser.getString());
        }
      } else {
        count = parser.getLongValue();
      }
    }
    return new Entry(String.valueOf(key.getFirst()), key.size() > 1 ? key.get(1) : null, count);
  }
}
