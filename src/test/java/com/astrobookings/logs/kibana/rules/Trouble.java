package com.astrobookings.logs.kibana.rules;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.NotifyEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.Result;
import com.astrobookings.logs.kibana.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The trouble that each rule is about, as little of it as makes the rule fire, and what is just
 * less. The amounts are those of the rule's conditions.
 *
 * @param group what the rule names when it fires
 * @param enough what makes it fire
 * @param tooLittle what does not, each by itself
 */
record Trouble(String group, Happening enough, List<Happening> tooLittle) {

  private static final String ALL = "all documents";

  /** Makes the events of a situation as it is at {@code now}. */
  interface Happening {
    Stream<LogEvent> at(Instant now);
  }

  static Trouble of(Rule rule) {
    List<Rule.Condition> conditions = rule.conditions();
    int amount = (int) conditions.getLast().threshold();
    double share = conditions.getFirst().threshold();
    return switch (rule.id()) {
      case "astro-failures-by-address" ->
          counted("203.0.113.7", amount, (now, i) -> auth(now, i, "u-" + i, "203.0.113.7"));
      case "astro-failures-by-account" ->
          counted("u-7", amount, (now, i) -> auth(now, i, "u-7", "198.51.100." + i));
      case "astro-failures-by-email" ->
          counted("pat@example.com", amount, (now, i) -> auth(now, i, null, "198.51.100." + i));
      case "astro-error-burst" -> counted(ALL, amount, Trouble::error);
      case "astro-discrepancies" ->
          counted("LedgerDB", amount, (now, i) -> run(now, i, "LedgerDB", 3));
      case "astro-notify-failures" ->
          shared("PASSWORD_RESET", amount, share, Trouble::notification);
      case "astro-auth-failure-share" -> shared("web-shop", amount, share, Trouble::signIn);
      case "astro-reconcile-overdue" -> overdue(conditions.getFirst().window());
      default -> throw new IllegalArgumentException("no trouble for " + rule);
    };
  }

  private interface Nth {
    LogEvent at(Instant now, int i);
  }

  private interface Outcome {
    LogEvent at(Instant now, int i, boolean fails);
  }

  private static Trouble counted(String group, int amount, Nth event) {
    return new Trouble(
        group,
        now -> times(amount, i -> event.at(now, i)),
        List.of(now -> times(amount - 1, i -> event.at(now, i))));
  }

  private static Trouble shared(String group, int amount, double share, Outcome event) {
    int failures = (int) Math.ceil(amount * share);
    return new Trouble(
        group,
        now -> times(amount, i -> event.at(now, i, i < failures)),
        List.of(
            now -> times(amount, i -> event.at(now, i, i < failures - 1)),
            now -> times(amount - 1, i -> event.at(now, i, true))));
  }

  /** A run 26 hours ago and more; one just before that; one that is forgotten. */
  private static Trouble overdue(Duration window) {
    Duration day = Duration.ofHours(26);
    return new Trouble(
        "LedgerDB",
        now -> Stream.of(run(now.minus(day).minusSeconds(60), 0, "LedgerDB", 0)),
        List.of(
            now -> Stream.of(run(now.minus(day).plusSeconds(60), 0, "LedgerDB", 0)),
            now -> Stream.of(run(now.minus(window).minusSeconds(60), 0, "LedgerDB", 0))));
  }

  /** What goes on besides; as much of each as a rule has to bear without firing. */
  static Stream<LogEvent> normalTraffic(Instant now) {
    return Stream.of(
            times(60, i -> success(now, i)),
            times(9, i -> auth(now, i, "v-" + i % 5, "192.0.2." + i % 5)),
            times(10, i -> error(now, i)),
            times(25, i -> notification(now, i, i == 0)),
            Stream.of(run(now.minus(Duration.ofHours(25)), 0, "CustomerDB", 0)))
        .flatMap(events -> events);
  }

  private static Stream<LogEvent> times(int amount, IntFunction<LogEvent> one) {
    return IntStream.range(0, amount).mapToObj(one);
  }

  private static LogEvent success(Instant now, int i) {
    return new AuthEvent(
        envelope(now, i, "s"),
        "u-7",
        null,
        Addresses.parse("203.0.113.7").orElseThrow(),
        Result.SUCCESS);
  }

  private static LogEvent auth(Instant now, int i, @Nullable String account, String address) {
    String email = account == null ? "Pat@example.com" : null;
    return new AuthEvent(
        envelope(now, i, "a" + account),
        account,
        email,
        Addresses.parse(address).orElseThrow(),
        Result.FAIL);
  }

  private static LogEvent signIn(Instant now, int i, boolean fails) {
    Envelope any = envelope(now, i, "w");
    return new AuthEvent(
        new Envelope(any.id(), any.timestamp(), "web-shop", null, Map.of()),
        "u-" + i,
        null,
        Addresses.parse("192.0.2." + i).orElseThrow(),
        fails ? Result.FAIL : Result.SUCCESS);
  }

  private static LogEvent error(Instant now, int i) {
    return new ErrorEvent(envelope(now, i, "e"), "DB-42", "Connection lost", null);
  }

  private static LogEvent run(Instant now, int i, String process, long discrepancies) {
    return new ReconcileEvent(
        envelope(now, i, "r" + process), process, 100, discrepancies, BigDecimal.ONE);
  }

  private static LogEvent notification(Instant now, int i, boolean fails) {
    return new NotifyEvent(
        envelope(now, i, "n"),
        "job-" + i,
        "PASSWORD_RESET",
        "kim@example.com",
        fails ? Result.FAIL : Result.SUCCESS);
  }

  /** Every event lies within the last four minutes, the shortest window being five. */
  private static Envelope envelope(Instant now, int i, String kind) {
    return new Envelope(
        "rule-%d-%s-%d".formatted(now.getEpochSecond(), kind, i),
        now.minusSeconds(1 + i * 2L % 239),
        i % 3 == 0 ? null : "core-api",
        null,
        Map.of());
  }
}
