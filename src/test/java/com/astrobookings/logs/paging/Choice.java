package com.astrobookings.logs.paging;

import static com.astrobookings.logs.event.EventType.AUTH;
import static com.astrobookings.logs.event.EventType.ERROR;
import static com.astrobookings.logs.event.EventType.NOTIFY;
import static com.astrobookings.logs.event.EventType.RECONCILE;

import com.astrobookings.logs.event.EventType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A field by which can be filtered, and values of it that some events have and others do not.
 *
 * @param parameter as the service calls it
 * @param path as documents call it
 * @param types those that can have it
 * @param values one or several
 */
record Choice(
    String parameter, String path, Set<EventType> types, Function<Random, Set<String>> values) {

  private static final Set<EventType> ALL = EnumSet.allOf(EventType.class);

  /** As {@link com.astrobookings.logs.event.Events} has them. */
  private static final List<String> WORDS =
      List.of("core-api", "Zürich", "O'Brien \"Bob\"", "予約", "🚀 launch", "x AND NOT y: *");

  private static final List<String> PEOPLE =
      Stream.of("anna", "Bob", "ÇELİK")
          .flatMap(name -> IntStream.range(0, 5).mapToObj(i -> name + "." + i + "@example.com"))
          .toList();

  private static final List<String> BLOCKS =
      List.of("10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/24", "2001:db8::/113", "2001:db8::8000/114");

  /**
   * All fields that can be filtered by.
   *
   * @param traces ids of traces that there are
   */
  static List<Choice> all(List<String> traces) {
    return List.of(
        new Choice("userId", "user.id", EnumSet.of(AUTH), some(1, 3, numbered("user-", 8))),
        new Choice("email", "user.email", EnumSet.of(AUTH), inAnyCase(some(1, 4, PEOPLE))),
        new Choice("ipAddress", "source.ip", EnumSet.of(AUTH), some(1, 3, BLOCKS)),
        new Choice(
            "outcome",
            "event.outcome",
            EnumSet.of(AUTH, NOTIFY),
            some(1, 1, List.of("SUCCESS", "FAIL"))),
        new Choice("errorCode", "error.code", EnumSet.of(ERROR), some(1, 4, numbered("E", 10))),
        new Choice(
            "process",
            "reconcile.process",
            EnumSet.of(RECONCILE),
            some(1, 2, List.of("CustomerDB", "BookingDB", "LedgerDB"))),
        new Choice(
            "jobId", "notification.job_id", EnumSet.of(NOTIFY), some(1, 6, numbered("job-", 20))),
        new Choice(
            "notificationType",
            "notification.type",
            EnumSet.of(NOTIFY),
            some(1, 1, List.of("BOOKING_CONFIRMATION", "PASSWORD_RESET"))),
        new Choice(
            "recipient",
            "notification.recipient",
            EnumSet.of(NOTIFY),
            inAnyCase(some(1, 4, PEOPLE))),
        new Choice("source", "service.name", ALL, some(1, 3, WORDS)),
        new Choice("label.team", "labels.team", ALL, some(1, 3, WORDS)),
        new Choice("label.build.number", "labels.build.number", ALL, some(1, 3, WORDS)),
        new Choice("traceId", "trace.id", ALL, some(60, 100, traces)));
  }

  private static List<String> numbered(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static Function<Random, Set<String>> some(int least, int most, List<String> values) {
    return random -> {
      List<String> shuffled = new ArrayList<>(values);
      Collections.shuffle(shuffled, random);
      return new TreeSet<>(shuffled.subList(0, random.nextInt(least, most + 1)));
    };
  }

  private static Function<Random, Set<String>> inAnyCase(Function<Random, Set<String>> values) {
    return random -> {
      Set<String> spelled = new TreeSet<>();
      values.apply(random).forEach(value -> spelled.add(inAnyCase(value, random)));
      return spelled;
    };
  }

  /** Character by character: whole words can have a length of their own in capitals. */
  private static String inAnyCase(String value, Random random) {
    return value
        .chars()
        .map(c -> random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
