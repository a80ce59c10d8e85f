package com.astrobookings.logs.store.stats;

import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.stats.EventStats.Bucket;
import com.astrobookings.logs.store.stats.EventStats.Counts;
import com.astrobookings.logs.store.stats.EventStats.Distribution;
import com.astrobookings.logs.store.stats.EventStats.Groups;
import com.astrobookings.logs.store.stats.EventStats.Reconciliations;
import com.astrobookings.logs.store.stats.EventStats.Sample;
import com.astrobookings.logs.store.stats.EventStats.Share;
import com.astrobookings.logs.store.stats.EventStats.Value;
import com.astrobookings.logs.store.stats.StatsRequest.Resolution;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what statistics must be, by looking at every event. */
public final class StatsOracle {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String GROUPING_KEY = "error.grouping_key";
  private static final int MAX_SOURCES = 10;

  private final EventQuery query;
  private final StatsRequest request;
  private final List<Entry> all;

  /** An event with what is counted about it. */
  private record Entry(StoredEvent event, JsonNode document) {

    Instant timestamp() {
      return event.event().timestamp();
    }

    @Nullable String value(String path) {
      JsonNode node = document;
      if (path.startsWith("labels.")) {
        node = node.path("labels").path(path.substring("labels.".length()));
      } else {
        for (String name : path.split("\\.", -1)) {
          node = node.path(name);
        }
      }
      if (!node.isValueNode()) {
        return null;
      }
      return EventSchema.fieldTypes().get(path) == FieldType.LOWERCASE_KEYWORD
          ? lower(node.asString())
          : node.asString();
    }
  }

  private StatsOracle(EventQuery query, StatsRequest request, List<StoredEvent> matching) {
    this.query = query;
    this.request = request;
    this.all =
        matching.stream()
            .map(event -> new Entry(event, JSON.readTree(EventDocument.write(event))))
            .sorted(
                Comparator.comparing(Entry::timestamp)
                    .thenComparing(entry -> entry.event().event().id()))
            .toList();
  }

  /**
   * Returns the statistics.
   *
   * @param matching the events that match the query
   */
  public static EventStats stats(
      EventQuery query, StatsRequest request, List<StoredEvent> matching) {
    return new StatsOracle(query, request, matching).stats();
  }

  private EventStats stats() {
    Interval interval =
        switch (request.interval()) {
          case Resolution.None _ -> null;
          case Resolution.Fixed fixed -> fixed.interval();
          case Resolution.Auto _ -> auto();
        };
    Groups groups = groups(all, 0);
    return new EventStats(
        counts(all),
        interval,
        interval == null ? List.of() : buckets(interval, groups),
        groups,
        reconciliations());
  }

  private @Nullable Instant first() {
    return query.from() != null || all.isEmpty() ? query.from() : all.getFirst().timestamp();
  }

  private @Nullable Instant last() {
    return query.to() != null || all.isEmpty() ? query.to() : all.getLast().timestamp();
  }

  private @Nullable Interval auto() {
    Instant first = first();
    Instant last = last();
    return first == null || last == null ? null : Interval.readable(first, last, request.zone());
  }

  private List<Bucket> buckets(Interval interval, Groups groups) {
    if (all.isEmpty() && (query.from() == null || query.to() == null)) {
      return List.of();
    }
    Map<Instant, List<Entry>> units = new TreeMap<>();
    Instant last = last();
    for (Instant at = interval.start(first(), request.zone()); !at.isAfter(last); ) {
      if (units.size() == Interval.MAX_BUCKETS) {
        throw TooManyBucketsException.overTime(
            Interval.shortest(first(), last, request.zone(), Interval.MAX_BUCKETS));
      }
      units.put(at, new ArrayList<>());
      at = interval.next(at, request.zone());
    }
    all.forEach(entry -> units.get(interval.start(entry.timestamp(), request.zone())).add(entry));
    List<Bucket> buckets = new ArrayList<>();
    units.forEach((start, entries) -> {
      Instant end = interval.next(start, request.zone()).minusNanos(1);
      buckets.add(
          new Bucket(
              query.from() != null && query.from().isAfter(start) ? query.from() : start,
              query.to() != null && query.to().isBefore(end) ? query.to() : end,
              counts(entries),
              shares(entries, groups, 0)));
    });
    return buckets;
  }

  private List<Share> shares(List<Entry> entries, Groups groups, int depth) {
    if (depth == request.by().size()) {
      return List.of();
    }
    List<Share> shares = new ArrayList<>();
    for (Value value : groups.values()) {
      List<Entry> having = having(entries, depth, value.value());
      if (!having.isEmpty()) {
        shares.add(new Share(value.value(), counts(having), shares(having, value.by(), depth + 1)));
      }
    }
    return shares;
  }

  private List<Entry> having(List<Entry> entries, int depth, String value) {
    String path = request.by().get(depth).path();
    return entries.stream().filter(entry -> value.equals(entry.value(path))).toList();
  }

  private Groups groups(List<Entry> entries, int depth) {
    if (depth == request.by().size()) {
      return Groups.NONE;
    }
    String path = request.by().get(depth).path();
    List<Value> values =
        entries.stream()
            .filter(entry -> entry.value(path) != null)
            .collect(Collectors.groupingBy(entry -> String.valueOf(entry.value(path))))
            .entrySet()
            .stream()
            .map(group -> value(group.getKey(), group.getValue(), depth))
            .sorted(mostFrequentFirst(path))
            .toList();
    List<Value> shown = values.stream().limit(request.size()).toList();
    long missing = entries.stream().filter(entry -> entry.value(path) == null).count();
    return new Groups(shown, entries.size() - missing - count(shown), missing, 0);
  }

  private static Comparator<Value> mostFrequentFirst(String path) {
    return Comparator.comparingLong((Value value) -> value.counts().count())
        .reversed()
        .thenComparing(
            path.equals("source.ip")
                ? Comparator.comparing(value -> number(value.value()))
                : Comparator.comparing(Value::value));
  }

  /** An address among those of both kinds, which share one line of 128 bits. */
  private static BigInteger number(String address) {
    byte[] bytes = Addresses.parse(address).orElseThrow().getAddress();
    BigInteger number = new BigInteger(1, bytes);
    return bytes.length == 4 ? number.add(BigInteger.valueOf(0xFFFF_0000_0000L)) : number;
  }

  private static long count(List<Value> values) {
    return values.stream().mapToLong(value -> value.counts().count()).sum();
  }

  private Value value(String value, List<Entry> entries, int depth) {
    boolean errors = depth == 0 && request.by().getFirst().path().equals(GROUPING_KEY);
    return new Value(
        value,
        counts(entries),
        depth == 0 ? entries.getFirst().timestamp() : null,
        depth == 0 ? entries.getLast().timestamp() : null,
        groups(entries, depth + 1),
        errors ? sample(entries.getLast()) : null,
        errors ? sources(entries) : List.of());
  }

  private static Sample sample(Entry newest) {
    ErrorEvent error = (ErrorEvent) newest.event().event();
    ErrorEvent shown =
        new ErrorEvent(error.envelope(), error.errorCode(), error.errorMessage(), null);
    return new Sample(
        new StoredEvent(shown, newest.event().receivedAt()), newest.value("error.type"));
  }

  private static List<String> sources(List<Entry> entries) {
    Map<String, Long> counts =
        entries.stream()
            .map(entry -> entry.event().event().envelope().source())
            .filter(source -> source != null)
            .collect(Collectors.groupingBy(source -> source, Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .limit(MAX_SOURCES)
        .toList();
  }

  private static Counts counts(List<Entry> entries) {
    return new Counts(
        entries.size(),
        entries.stream().filter(entry -> "failure".equals(entry.value("event.outcome"))).count());
  }

  private @Nullable Reconciliations reconciliations() {
    List<ReconcileEvent> found = new ArrayList<>();
    for (Entry entry : all) {
      LogEvent event = entry.event().event();
      if (event instanceof ReconcileEvent reconcile) {
        found.add(reconcile);
      }
    }
    if (found.isEmpty()) {
      return null;
    }
    double[] seconds =
        found.stream()
            .mapToDouble(each -> each.timeTakenSeconds().doubleValue())
            .sorted()
            .toArray();
    return new Reconciliations(
        sum(found, ReconcileEvent::recordsProcessed),
        sum(found, ReconcileEvent::discrepanciesFound),
        new Distribution(
            Arrays.stream(seconds).sum(),
            percentile(seconds, 50),
            percentile(seconds, 95),
            percentile(seconds, 99),
            seconds[seconds.length - 1]));
  }

  private static double sum(List<ReconcileEvent> events, ToDoubleFunction<ReconcileEvent> figure) {
    return events.stream().mapToDouble(figure).sum();
  }

  private static double percentile(double[] sorted, int percent) {
    return sorted[(int) Math.min(sorted.length - 1L, (long) sorted.length * percent / 100)];
  }

  /** Character by character, as indices do it: not by the rules of any language. */
  private static String lower(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
