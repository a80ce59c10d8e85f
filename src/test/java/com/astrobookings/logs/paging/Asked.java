package com.astrobookings.logs.paging;

import static java.util.stream.Collectors.joining;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.Filter;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question, once for the service and once for the oracle.
 *
 * @param parameters as the service is asked, without what is about pages
 * @param query as the oracle is asked
 */
record Asked(String parameters, EventQuery query) {

  private static final DateTimeFormatter TO_THE_NANOSECOND =
      new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

  private static final List<Choice> CHOICES =
      List.of(
          new Choice("userId=user-3", EventType.AUTH, "user.id", "user-3"),
          new Choice("ipAddress=10.1.0.0/16", EventType.AUTH, "source.ip", "10.1.0.0/16"),
          new Choice("outcome=FAIL", EventType.NOTIFY, "event.outcome", "failure"),
          new Choice("errorCode=E3&errorCode=E7", EventType.ERROR, "error.code", "E3", "E7"),
          new Choice("errorCode=E1", EventType.ERROR, "error.code", "E1"),
          new Choice("process=LedgerDB", EventType.RECONCILE, "reconcile.process", "LedgerDB"),
          new Choice("jobId=job-7", EventType.NOTIFY, "notification.job_id", "job-7"),
          new Choice("source=core-api", null, "service.name", "core-api"),
          new Choice("label.team=core-api", null, "labels.team", "core-api"));

  /**
   * A filter.
   *
   * @param type one that can have the field; null if all can
   */
  private record Choice(String parameter, @Nullable EventType type, Filter filter) {
    Choice(String parameter, @Nullable EventType type, String path, String... values) {
      this(parameter, type, new Filter(path, new TreeSet<>(List.of(values))));
    }
  }

  static Asked atRandom(Random random, Order order) {
    @Nullable Choice choice = random.nextBoolean() ? oneOf(CHOICES, random) : null;
    Set<EventType> types = random.nextInt(3) == 0 ? types(random, choice) : Set.of();
    List<Instant> bounds = Stream.generate(() -> moment(random)).limit(2).sorted().toList();
    Instant from = random.nextInt(3) == 0 ? bounds.getFirst() : null;
    Instant to = random.nextInt(3) == 0 ? bounds.getLast() : null;
    List<Filter> filters = choice == null ? List.of() : List.of(choice.filter());
    return new Asked(
        parameters(order, from, to, types, choice),
        new EventQuery(from, to, types, filters, null, order));
  }

  private static Instant moment(Random random) {
    return oneOf(Moments.MONTHS, random).any(random);
  }

  private static Set<EventType> types(Random random, @Nullable Choice choice) {
    List<EventType> all = List.of(EventType.values());
    Set<EventType> types = EnumSet.of(oneOf(all, random));
    types.add(oneOf(all, random));
    if (choice != null && choice.type() != null) {
      types.add(choice.type());
    }
    return types;
  }

  private static <T> T oneOf(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String parameters(
      Order order,
      @Nullable Instant from,
      @Nullable Instant to,
      Set<EventType> types,
      @Nullable Choice choice) {
    List<String> parameters = new ArrayList<>();
    parameters.add("order=" + order.name().toLowerCase(Locale.ROOT));
    if (from != null) {
      parameters.add("from=" + TO_THE_NANOSECOND.format(from));
    }
    if (to != null) {
      parameters.add("to=" + TO_THE_NANOSECOND.format(to));
    }
    if (!types.isEmpty()) {
      parameters.add(types.stream().map(EventType::name).collect(joining(",", "type=", "")));
    }
    if (choice != null) {
      parameters.add(choice.parameter());
    }
    return String.join("&", parameters);
  }
}
