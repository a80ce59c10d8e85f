package com.astrobookings.logs.kibana.panels;

import com.astrobookings.logs.event.LogEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Computes from the events themselves what a chart has to show. It knows nothing of dashboards,
 * queries and aggregations.
 *
 * @param period over which steps of time go
 * @param events what happened
 * @param <E> the type of the events
 */
record Truth<E extends LogEvent>(Period period, List<E> events) {

  /** A number about some events. */
  interface Column<E> extends Function<List<E>, @Nullable Object> {}

  <T extends LogEvent> Truth<T> of(Class<T> type) {
    return new Truth<>(period, events.stream().filter(type::isInstance).map(type::cast).toList());
  }

  Truth<E> where(Predicate<E> predicate) {
    return new Truth<>(period, events.stream().filter(predicate).toList());
  }

  @SafeVarargs
  final Table total(Column<E>... columns) {
    return new Table(List.of(row(List.of(), columns)));
  }

  /** The groups with the highest values in the first column, and all others as one. */
  @SafeVarargs
  final Table top(int limit, Function<E, @Nullable String> key, Column<E>... columns) {
    return new Table(
        groups(limit, key, highest(columns[0]))
            .map(group -> group.truth().row(List.of(group.key()), columns))
            .toList());
  }

  /** The groups with the lowest values in the first column, and all others as one. */
  @SafeVarargs
  final Table lowest(int limit, Function<E, @Nullable String> key, Column<E>... columns) {
    return new Table(
        groups(limit, key, by(columns[0]))
            .map(group -> group.truth().row(List.of(group.key()), columns))
            .toList());
  }

  @SafeVarargs
  final Table overTime(Column<E>... columns) {
    return new Table(steps(List.of(), columns));
  }

  @SafeVarargs
  final Table overTime(int limit, Function<E, @Nullable String> key, Column<E>... columns) {
    return new Table(
        groups(limit, key, highest(columns[0]))
            .flatMap(group -> group.truth().steps(List.of(group.key()), columns).stream())
            .toList());
  }

  /** The steps of time in which something happened. */
  Table marks() {
    return new Table(
        overTime(count()).rows().stream()
            .filter(row -> !row.cells().contains(Table.number(0)))
            .toList());
  }

  static <E> Column<E> count() {
    return events -> Table.number(events.size());
  }

  /** Of those events alone that {@code which} accepts. */
  static <E> Column<E> only(Predicate<E> which, Column<E> column) {
    return events -> column.apply(events.stream().filter(which).toList());
  }

  /** Events without a value are a group of their own. */
  static <E> Function<E, @Nullable String> orMissing(Function<E, @Nullable String> key) {
    return event -> Objects.requireNonNullElse(key.apply(event), PanelSearch.MISSING);
  }

  static <E> Column<E> distinct(Function<E, @Nullable String> value) {
    return events ->
        Table.number(
            Set.copyOf(events.stream().map(value).filter(Objects::nonNull).toList()).size());
  }

  static <E> Column<E> sum(ToDoubleFunction<E> value) {
    return events -> Table.number(events.stream().mapToDouble(value).sum());
  }

  static <E> Column<E> mean(ToDoubleFunction<E> value) {
    return events ->
        events.isEmpty()
            ? null
            : Table.number(events.stream().mapToDouble(value).sum() / events.size());
  }

  static <E> Column<E> most(ToDoubleFunction<E> value) {
    return events ->
        events.isEmpty()
            ? null
            : Table.number(events.stream().mapToDouble(value).max().getAsDouble());
  }

  static <E extends LogEvent> Column<E> first() {
    return events ->
        events.stream().map(LogEvent::timestamp).min(Comparator.naturalOrder()).orElse(null);
  }

  static <E extends LogEvent> Column<E> last() {
    return events ->
        events.stream().map(LogEvent::timestamp).max(Comparator.naturalOrder()).orElse(null);
  }

  private record Group<E extends LogEvent>(String key, Truth<E> truth) {}

  private Stream<Group<E>> groups(
      int limit, Function<E, @Nullable String> key, Comparator<Group<E>> order) {
    Map<String, List<E>> groups =
        events.stream()
            .filter(event -> key.apply(event) != null)
            .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    List<Group<E>> ranked =
        groups.entrySet().stream()
            .map(entry -> new Group<>(entry.getKey(), new Truth<>(period, entry.getValue())))
            .sorted(order.thenComparing(Group::key))
            .toList();
    List<E> rest =
        ranked.stream().skip(limit).flatMap(group -> group.truth().events().stream()).toList();
    Stream<Group<E>> other = Stream.of(new Group<>(PanelSearch.OTHER, new Truth<>(period, rest)));
    return Stream.concat(ranked.stream().limit(limit), rest.isEmpty() ? Stream.of() : other);
  }

  private static <E extends LogEvent> Comparator<Group<E>> highest(Column<E> column) {
    return Truth.<E>by(column).reversed();
  }

  private static <E extends LogEvent> Comparator<Group<E>> by(Column<E> column) {
    return Comparator.comparingDouble(group -> comparable(column.apply(group.truth().events())));
  }

  private static double comparable(@Nullable Object cell) {
    return cell instanceof Instant instant
        ? instant.toEpochMilli()
        : (Double) Objects.requireNonNull(cell);
  }

  @SafeVarargs
  private List<Table.Row> steps(List<String> keys, Column<E>... columns) {
    Map<Instant, List<E>> steps =
        events.stream().collect(Collectors.groupingBy(e -> period.startOf(e.timestamp())));
    return period.starts().stream()
        .map(start -> {
          List<String> inner = new ArrayList<>(keys);
          inner.add(start.toString());
          return new Truth<>(period, steps.getOrDefault(start, List.of())).row(inner, columns);
        })
        .toList();
  }

  @SafeVarargs
  private Table.Row row(List<String> keys, Column<E>... columns) {
    List<@Nullable Object> cells = new ArrayList<>();
    IntStream.range(0, columns.length).forEach(i -> cells.add(columns[i].apply(events)));
    return new Table.Row(keys, cells);
  }
}
