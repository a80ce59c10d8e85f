package com.astrobookings.logs.kibana.panels;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.NotifyEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.Result;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the life of a booking company, the same for the same seed: traffic with a rush in
 * the morning, an address that sprays passwords, an account that is tried from everywhere, an hour
 * in which the database is away, a ledger that does not match, a mail provider that fails.
 */
public final class SeededDays {

  /** The name under which the log service reports about itself. */
  static final String OWN = "astrobookings-logs";

  private static final List<String> SERVICES = List.of("core-api", "web-shop", "partner-gateway");
  private static final List<String> TYPES =
      List.of("BOOKING_CONFIRMATION", "PASSWORD_RESET", "DEPARTURE_REMINDER");

  private final int traffic;
  private final Random random;
  private final Period period;
  private final List<LogEvent> events = new ArrayList<>();
  private int last;

  private SeededDays(long seed, Period period, int traffic) {
    this.traffic = traffic;
    this.random = new Random(seed);
    this.period = period;
  }

  /** All that happens in {@code period} and the one before, and something after it. */
  static List<StoredEvent> of(long seed, Period period) {
    return of(seed, period, 1);
  }

  /** The same with so many times the normal traffic. */
  public static List<StoredEvent> of(long seed, Period period, int traffic) {
    SeededDays days = new SeededDays(seed, period, traffic);
    days.fill();
    return days.events.stream().map(SeededDays::stored).toList();
  }

  private void fill() {
    long hours = Duration.between(period.from(), period.to()).toHours() + 1;
    for (int hour = (int) -hours; hour < hours + 3; hour++) {
      normalHour(hour);
    }
    attack(9);
    databaseAway(14);
    mailProviderFails(16);
  }

  private void normalHour(int hour) {
    int ofDay = Math.floorMod(hour, 24);
    int busy = (ofDay >= 7 && ofDay <= 11 ? 24 : 12) * traffic;
    repeat(busy, i -> signIn(at(hour, 60), "u-%02d".formatted(random.nextInt(40)), 6));
    repeat(busy, i -> notification(at(hour, 60), random.nextInt(50) == 0));
    repeat(random.nextInt(4), i -> error(at(hour, 60), "E-1%02d".formatted(random.nextInt(14))));
    reconciliation(at(hour, 60), "CustomerDB", 0);
    if (ofDay % 6 == 1) {
      reconciliation(at(hour, 60), "LedgerDB", hour == 13 ? 17 : 0);
      reconciliation(at(hour, 60), "BookingDB", random.nextInt(2));
    }
    ownEvents(hour);
  }

  private void attack(int hour) {
    repeat(60, i -> auth(at(hour, 20), "u-%02d".formatted(i % 40), "203.0.113.107", Result.FAIL));
    repeat(45, i -> auth(at(hour, 40), "u-03", "198.51.100.1%02d".formatted(i), Result.FAIL));
    auth(at(hour, 59), "u-03", "198.51.100.144", Result.SUCCESS);
  }

  private void databaseAway(int hour) {
    repeat(40, i -> error(at(hour, 30), "DB-42"));
  }

  private void mailProviderFails(int hour) {
    repeat(30, i -> notification(at(hour, 45), i % 3 != 0));
  }

  private void ownEvents(int hour) {
    events.add(new ErrorEvent(envelope(at(hour, 60), OWN), "OWN-1", "Spool is used", null));
    events.add(
        new AuthEvent(
            envelope(at(hour, 60), OWN), "key-1", null, address("192.0.2.111"), Result.FAIL));
  }

  private void signIn(Instant when, String account, int failsOneIn) {
    Result result = random.nextInt(failsOneIn) == 0 ? Result.FAIL : Result.SUCCESS;
    auth(when, account, "192.0.2.1%02d".formatted(random.nextInt(60)), result);
  }

  private void auth(Instant when, String account, String address, Result result) {
    int stated = random.nextInt(10);
    String email = (stated % 2 == 0 ? "Pat." : "pat.") + account.substring(2) + "@example.com";
    events.add(
        new AuthEvent(
            envelope(when, service()),
            stated == 0 ? null : account,
            stated < 7 ? email : null,
            address(address),
            result));
  }

  private void error(Instant when, String code) {
    boolean database = code.startsWith("DB");
    String exception = database ? "java.sql.SQLException" : "java.lang.IllegalStateException";
    events.add(
        new ErrorEvent(
            envelope(when, database ? "core-api" : service()),
            code,
            database ? "Connection lost" : "Booking %d failed".formatted(random.nextInt(3)),
            random.nextInt(5) == 0 ? null : exception + ": lost\n\tat a.B.c(B.java:1)"));
  }

  private void reconciliation(Instant when, String process, long discrepancies) {
    events.add(
        new ReconcileEvent(
            envelope(when, "batch"),
            process,
            1000 + random.nextInt(9000),
            discrepancies,
            BigDecimal.valueOf(1 + random.nextInt(90_000), 3)));
  }

  private void notification(Instant when, boolean fails) {
    int recipient = random.nextInt(25);
    events.add(
        new NotifyEvent(
            envelope(when, service()),
            "job-%02d".formatted(random.nextInt(30)),
            TYPES.get(Math.min(2, random.nextInt(6) / 2)),
            (recipient % 2 == 0 ? "Kim." : "kim.") + "%02d@example.com".formatted(recipient / 2),
            fails ? Result.FAIL : Result.SUCCESS));
  }

  private @Nullable String service() {
    int choice = random.nextInt(10);
    return choice == 0 ? null : SERVICES.get(choice % 3);
  }

  private Envelope envelope(Instant when, @Nullable String service) {
    return new Envelope(
        "kibana-%d-%d".formatted(period.from().getEpochSecond(), ++last),
        when,
        service,
        null,
        Map.of());
  }

  private Instant at(int hour, int minutes) {
    return period
        .from()
        .plus(Duration.ofHours(hour))
        .plusMillis(random.nextLong(Duration.ofMinutes(minutes).toMillis()));
  }

  private static InetAddress address(String text) {
    return Addresses.parse(text).orElseThrow();
  }

  private static void repeat(int times, IntConsumer action) {
    for (int i = 0; i < times; i++) {
      action.accept(i);
    }
  }

  private static StoredEvent stored(LogEvent event) {
    return new StoredEvent(event, event.timestamp().plusMillis(20));
  }
}
