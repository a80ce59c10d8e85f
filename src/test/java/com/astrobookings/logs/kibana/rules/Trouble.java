package com.astrobookings.logs.kibana.rules;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.NotifyEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.Result;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The trouble that each rule is about, in any amount, within the last minutes before {@code now}.
 *
 * @param group what the rule names when it fires
 * @param events so many troublesome events
 */
record Trouble(String group, Happening events) {

  /** Of all notifications in an hour, so many fail. */
  static final int NOTIFICATIONS = 100;

  /** Makes events. */
  interface Happening {
    Stream<LogEvent> of(Instant now, int amount);
  }

  static final Map<String, Trouble> BY_RULE =
      Map.of(
          "astro-failures-by-address",
          new Trouble(
              "203.0.113.7",
              (now, amount) -> times(amount, i -> auth(now, i, "u-" + i, "203.0.113.7"))),
          "astro-failures-by-account",
          new Trouble(
              "u-7", (now, amount) -> times(amount, i -> auth(now, i, "u-7", "198.51.100." + i))),
          "astro-failures-by-email",
          new Trouble(
              "pat@example.com",
              (now, amount) -> times(amount, i -> auth(now, i, null, "198.51.100." + i))),
          "astro-error-burst",
          new Trouble("all documents", (now, amount) -> times(amount, i -> error(now, i))),
          "astro-discrepancies",
          new Trouble("LedgerDB", (now, amount) -> times(amount, i -> run(now, i, "LedgerDB", 3))),
          "astro-reconcile-overdue",
          new Trouble(
              "all documents", (now, amount) -> times(amount, i -> run(now, i, "LedgerDB", 0))),
          "astro-notify-failures",
          new Trouble(
              "PASSWORD_RESET",
              (now, amount) -> times(NOTIFICATIONS, i -> notification(now, i, i < amount))));

  /** What goes on besides; as much of each as a rule has to bear without firing. */
  static Stream<LogEvent> normalTraffic(Instant now) {
    return Stream.of(
            times(60, i -> success(now, i)),
            times(9, i -> auth(now, i, "v-" + i % 5, "192.0.2." + i % 5)),
            times(10, i -> error(now, i)),
            times(20, i -> notification(now, i, i == 0)),
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
