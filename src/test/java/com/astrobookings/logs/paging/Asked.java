package com.astrobookings.logs.paging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.Filter;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A question, once for the service and once for the oracle.
 *
 * @param filters as the service is asked for them
 * @param query as the oracle is asked
 */
record Asked(List<String> filters, EventQuery query) {

  private static final DateTimeFormatter TO_THE_NANOSECOND =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

  /** Perhaps a period and types, but no more. */
  static Asked atRandom(Random random, Order order) {
    return withFilters(List.of(), random, order);
  }

  /** By one filter and up to two others, and perhaps a period and types. */
  static Asked by(Choice choice, List<Choice> others, Random random, Order order) {
    List<Choice> choices = new ArrayList<>(List.of(choice));
    for (int more = random.nextInt(3); more > 0; more--) {
      Choice other = oneOf(others, random);
      boolean repeated = choices.stream().anyMatch(c -> c.parameter().equals(other.parameter()));
      if (!repeated && !typesOf(choices, other).isEmpty()) {
        choices.add(other);
      }
    }
    return withFilters(choices, random, order);
  }

  /** The types that can have all these fields. */
  private static Set<EventType> typesOf(List<Choice> choices, Choice... more) {
    Set<EventType> types = EnumSet.allOf(EventType.class);
    choices.forEach(choice -> types.retainAll(choice.types()));
    Stream.of(more).forEach(choice -> types.retainAll(choice.types()));
    return types;
  }

  private static Asked withFilters(List<Choice> choices, Random random, Order order) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    if (random.nextInt(3) == 0) {
      types.add(oneOf(List.copyOf(typesOf(choices)), random));
      types.add(oneOf(List.of(EventType.values()), random));
    }
    List<Instant> bounds =
        Stream.generate(() -> oneOf(Moments.MONTHS, random).any(random)).limit(2).sorted().toList();
    List<String> stated = new ArrayList<>();
    List<Filter> filters = new ArrayList<>();
    for (Choice choice : choices) {
      Set<String> values = choice.values().apply(random);
      values.forEach(value -> stated.add(parameter(choice.parameter(), value)));
      filters.add(new Filter(choice.path(), stored(values)));
    }
    Instant from = random.nextInt(3) == 0 ? bounds.getFirst() : null;
    Instant to = random.nextInt(3) == 0 ? bounds.getLast() : null;
    return new Asked(stated, new EventQuery(from, to, types, filters, null, order));
  }

  /** Outcomes are the only values that documents spell otherwise. */
  private static TreeSet<String> stored(Set<String> values) {
    return values.stream()
        .map(value ->
            switch (value) {
              case "SUCCESS" -> "success";
              case "FAIL" -> "failure";
              default -> value;
            })
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The same question about one moment. */
  Asked at(Instant moment) {
    return new Asked(
        filters,
        new EventQuery(moment, moment, query.types(), query.filters(), null, query.order()));
  }

  /** As the service is asked, without what is about pages. */
  String parameters() {
    List<String> parameters = new ArrayList<>(filters);
    parameters.add(parameter("order", query.order().name().toLowerCase(Locale.ROOT)));
    if (query.from() != null) {
      parameters.add(parameter("from", TO_THE_NANOSECOND.format(query.from())));
    }
    if (query.to() != null) {
      parameters.add(parameter("to", TO_THE_NANOSECOND.format(query.to())));
    }
    if (!query.types().isEmpty()) {
      parameters.add(
          parameter("type", query.types().stream().map(EventType::name).collect(joining(","))));
    }
    return String.join("&", parameters);
  }

  private static String parameter(String name, String value) {
    return name + "=" + URLEncoder.encode(value, UTF_8);
  }

  private static <T> T oneOf(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
