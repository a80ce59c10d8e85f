package com.astrobookings.logs.query;

import static com.astrobookings.logs.web.docs.Api.enumOf;
import static com.astrobookings.logs.web.docs.Api.listOf;
import static com.astrobookings.logs.web.docs.Api.object;
import static com.astrobookings.logs.web.docs.Api.parameter;
import static com.astrobookings.logs.web.docs.Api.text;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.kql.KqlQuery;
import com.astrobookings.logs.web.docs.EventExamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters that all reads share, described. */
final class ReadParameters {

  private static final String TIME =
      "A time covers all that it states: a date the whole day, a time without seconds the minute."
          + " ISO-8601 with or without offset, yyyy-MM-dd HH:mm:ss[.fraction], yyyy-MM-dd,"
          + " milliseconds since 1970, now, now-15m, now-1d/d. Where the clocks of tz show a time twice,"
          + " from is the first and to the second occasion; where they skip it, both lie next to"
          + " the change.";

  private ReadParameters() {}

  static List<Map<String, Object>> all() {
    List<Map<String, Object>> all = new ArrayList<>(times());
    all.add(
        parameter(
            "type",
            "One or several, repeated or separated by commas.",
            listOf(enumOf(Arrays.stream(EventType.values()).map(Enum::name).toList()))));
    filters().forEach((name, field) -> all.add(filter(name, field)));
    all.add(
        parameter(
            "q",
            "Kibana Query Language over the fields of the documents, such as `event.outcome :"
                + " failure and not source.ip : \"10.0.0.0/8\"`. Words without a field search"
                + " message, error message and stack trace.",
            object(
                "type",
                "string",
                "maxLength",
                KqlQuery.MAX_LENGTH,
                "examples",
                List.of("event.outcome : failure and not source.ip : \"10.0.0.0/8\""))));
    all.addAll(ofPages());
    return all;
  }

  private static List<Map<String, Object>> times() {
    return List.of(
        parameter("from", "Earliest timestamp, inclusive. " + TIME, text("2024-08-11", "now-15m")),
        parameter("to", "Latest timestamp, inclusive. " + TIME, text("2024-08-12 23:59:59", "now")),
        parameter(
            "tz",
            "Zone of times without offset, in q too, such as `Europe/Madrid`; UTC if absent.",
            text("Europe/Madrid", "+02:00")));
  }

  private static Map<String, Object> filter(String name, Field<?> field) {
    boolean keyed = field.codec().fieldType() == FieldType.FLATTENED;
    List<String> choices = field.codec().choices();
    String sample =
        field.codec().fieldType() == FieldType.IP
            ? "192.0.2.0/24"
            : EventExamples.sampleOf(field.name());
    return parameter(
        keyed ? name + ".<key>" : name,
        "Exactly this: "
            + field.description()
            + (choices.isEmpty() ? " (`" + sample + "`)" : "")
            + (keyed ? "; `=` with nothing behind it finds the empty one" : ""),
        listOf(choices.isEmpty() ? text(sample) : enumOf(choices)));
  }

  private static Map<String, Field<?>> filters() {
    Map<String, Field<?>> filters = new LinkedHashMap<>();
    for (Field<?> field : EventSchema.fields().values()) {
      if (field.filter() != null) {
        filters.putIfAbsent(field.filter(), field);
      }
    }
    return filters;
  }

  private static List<Map<String, Object>> ofPages() {
    return List.of(
        parameter(
            "order",
            "Chronological, which is the default, or not.",
            enumOf(List.of("asc", "desc"))),
        parameter(
            "limit",
            "Most events of the page, which may end earlier.",
            object(
                "type", "integer", "minimum", 1, "maximum", PageRequest.LARGEST, "default", 100)),
        parameter(
            "total",
            "How exactly to count: up to 10,000 (the default), whatever it costs, or not at all.",
            enumOf(List.of("bounded", "exact", "none"))),
        parameter("cursor", "next of the page before; all other parameters are repeated.", text()));
  }
}
