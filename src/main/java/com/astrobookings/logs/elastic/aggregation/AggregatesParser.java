package com.astrobookings.logs.elastic.aggregation;

import com.astrobookings.logs.elastic.aggregation.Aggregates.Timeline;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.stats.EventStats.Counts;
import com.astrobookings.logs.store.stats.EventStats.Distribution;
import com.astrobookings.logs.store.stats.EventStats.Reconciliations;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the answer to {@link StatsAggregations} as a stream. An answer without all shards is an
 * error.
 */
final class AggregatesParser {

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser parser;
  private double records;
  private double discrepancies;
  private long reconciliations;
  private double seconds;
  private double longest;
  private final double[] percentiles = new double[3];

  private AggregatesParser(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads an answer.
   *
   * @throws StoreUnavailableException if shards failed or did not finish in time
   */
  static Aggregates read(InputStream answer) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), answer)) {
      parser.nextToken();
      return new AggregatesParser(parser).answer();
    }
  }

  private Aggregates answer() {
    Aggregates all = new Aggregates("");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (enter()) {
        case "timed_out" -> check("timed_out", parser);
        case "_shards" -> check("_shards", parser);
        case "hits" -> all.count = total();
        case "aggregations" -> level(all);
        default -> parser.skipChildren();
      }
    }
    if (reconciliations > 0) {
      all.reconciliations =
          new Reconciliations(
              records,
              discrepancies,
              new Distribution(seconds, percentiles[0], percentiles[1], percentiles[2], longest));
    }
    return all;
  }

  /** Moves from the name of a member to its value and returns the name. */
  private String enter() {
    String name = parser.currentName();
    parser.nextToken();
    return name;
  }

  /**
   * Reads a member that says whether an answer is complete.
   *
   * @throws StoreUnavailableException if it is not
   */
  static void check(String name, JsonParser parser) {
    if (name.equals("timed_out") && parser.currentToken() == JsonToken.VALUE_TRUE) {
      throw new StoreUnavailableException("A shard did not finish its search in time", null, true);
    }
    if (name.equals("_shards")) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean failed = parser.currentName().equals("failed");
        parser.nextToken();
        if (failed && parser.getLongValue() > 0) {
          throw new StoreUnavailableException(
              "%d shards failed".formatted(parser.getLongValue()), null);
        }
        parser.skipChildren();
      }
    }
  }

  private long total() {
    long total = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      if (enter().equals("total") && parser.currentToken() == JsonToken.START_OBJECT) {
        total = (long) number("value");
      } else {
        parser.skipChildren();
      }
    }
    return total;
  }

  /** Reads aggregations up to the end of the object that contains them. */
  private void level(Aggregates into) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      member(enter(), into);
    }
  }

  private void member(String name, Aggregates into) {
    switch (name) {
      case "doc_count" -> into.count = parser.getLongValue();
      case StatsAggregations.FAILED -> into.failed = number("value");
      case StatsAggregations.TIME -> timeline(into.timeline);
      case StatsAggregations.BY -> values(into);
      case StatsAggregations.MISSING -> {
        into.missing = new Aggregates();
        level(into.missing);
      }
      case StatsAggregations.FIRST -> into.first = end(into);
      case StatsAggregations.LAST -> into.last = end(into);
      case StatsAggregations.SOURCES -> sources(into);
      case StatsAggregations.RECORDS -> records = number("value");
      case StatsAggregations.DISCREPANCIES -> discrepancies = number("value");
      case StatsAggregations.SECONDS -> seconds();
      case StatsAggregations.PERCENTILES -> percentiles();
      default -> parser.skipChildren();
    }
  }

  /** Reads an object and returns one of its numbers; 0 if it is null or absent. */
  private double number(String wanted) {
    double number = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      if (enter().equals(wanted) && parser.currentToken().isNumeric()) {
        number = parser.getDoubleValue();
      }
      parser.skipChildren();
    }
    return number;
  }

  private void timeline(Timeline timeline) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      if (enter().equals("buckets")) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          unit(timeline);
        }
      }
      parser.skipChildren();
    }
  }

  private void unit(Timeline timeline) {
    long key = 0;
    long count = 0;
    double failed = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (enter()) {
        case "key" -> key = parser.getLongValue();
        case "doc_count" -> count = parser.getLongValue();
        case StatsAggregations.FAILED -> failed = number("value");
        default -> parser.skipChildren();
      }
    }
    timeline.add(key, new Counts(count, Math.round(failed)));
  }

  private void values(Aggregates into) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (enter()) {
        case "doc_count_error_upper_bound" -> into.errorBound = parser.getLongValue();
        case "sum_other_doc_count" -> into.other = parser.getLongValue();
        case "buckets" -> {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            into.values.add(value());
          }
        }
        default -> parser.skipChildren();
      }
    }
  }

  /** Reads the bucket of one value, of which the key comes first. */
  private Aggregates value() {
    parser.nextToken();
    enter();
    Aggregates value = new Aggregates(parser.getString());
    level(value);
    return value;
  }

  private void sources(Aggregates into) {
    Aggregates sources = new Aggregates("");
    values(sources);
    sources.values.forEach(source -> into.sources.add(source.value));
  }

  private void seconds() {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = enter();
      if (parser.currentToken().isNumeric()) {
        switch (name) {
          case "count" -> reconciliations = parser.getLongValue();
          case "sum" -> seconds = parser.getDoubleValue();
          case "max" -> longest = parser.getDoubleValue();
          default -> parser.skipChildren();
        }
      }
    }
  }

  /** Reads {@code {"values":{"50.0":…,"95.0":…,"99.0":…}}}, which are in this order. */
  private void percentiles() {
    parser.nextToken();
    enter();
    for (int i = 0; parser.nextToken() == JsonToken.PROPERTY_NAME; i++) {
      enter();
      percentiles[i] = parser.currentToken().isNumeric() ? parser.getDoubleValue() : 0;
    }
    parser.nextToken();
  }

  /** Reads a timestamp: of milliseconds, or of the hit that is sorted first. */
  private @Nullable Instant end(Aggregates into) {
    Instant end = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = enter();
      if (name.equals("value") && parser.currentToken().isNumeric()) {
        end = Instant.ofEpochMilli(parser.getLongValue());
      } else if (name.equals("hits")) {
        end = hits(into);
      } else {
        parser.skipChildren();
      }
    }
    return end;
  }

  private @Nullable Instant hits(Aggregates into) {
    Instant timestamp = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      if (enter().equals("hits")) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          TopHit hit = TopHit.read(parser);
          timestamp = hit.timestamp();
          into.sample = hit.sample() == null ? into.sample : hit.sample();
        }
      } else {
        parser.skipChildren();
      }
    }
    return timestamp;
  }
}
