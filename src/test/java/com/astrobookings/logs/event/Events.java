package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.Result;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes valid events of all types, the same ones for the same seed. The values come from small
 * sets, so that filters find some and not all, and hold what tends to break: quotes, line breaks,
 * characters of one to four bytes, empty labels. Not safe for use by several threads.
 */
public final class Events {

  private static final List<String> WORDS =
      List.of(
          "core-api",
          "Zürich",
          "O'Brien \"Bob\"",
          "a\\b\n\tc",
          "予約",
          "🚀 launch",
          "x AND NOT y: *",
          "{\"json\":[1]}");

  private final Random random;

  /** Makes the events that belong to {@code seed}. */
  public Events(long seed) {
    this.random = new Random(seed);
  }

  /** An event of any type with an id of its own, at a random nanosecond of 2024. */
  public StoredEvent next() {
    return next(timestampIn(Instant.parse("2024-01-01T00:00:00Z"), 366L * 86_400));
  }

  /** An event of any type with an id of its own. */
  public StoredEvent next(Instant timestamp) {
    return next(id(), timestamp);
  }

  /** An event of any type. */
  public StoredEvent next(String id, Instant timestamp) {
    return next(oneOf(List.of(EventType.values())), id, timestamp);
  }

  /** An event. */
  public StoredEvent next(EventType type, String id, Instant timestamp) {
    Envelope envelope =
        new Envelope(id, timestamp, perhaps(word()), perhaps(hex(32)), labels(random.nextInt(4)));
    LogEvent event =
        switch (type) {
          case AUTH -> auth(envelope);
          case ERROR -> error(envelope);
          case RECONCILE -> reconcile(envelope);
          case NOTIFY -> notify(envelope);
        };
    return new StoredEvent(event, timestampIn(timestamp, 60));
  }

  /** Events of any type with ids of their own, all within the second that begins with them. */
  public List<StoredEvent> within(Instant second, int count) {
    return IntStream.range(0, count).mapToObj(i -> next(timestampIn(second, 1))).toList();
  }

  /** The same id, timestamp and receipt time with other content. */
  public StoredEvent otherThan(StoredEvent stored) {
    StoredEvent other = stored;
    while (other.event().equals(stored.event())) {
      other = next(stored.event().id(), stored.event().timestamp());
    }
    return new StoredEvent(other.event(), stored.receivedAt());
  }

  /** A random nanosecond in so many seconds from {@code start}. */
  public Instant timestampIn(Instant start, long seconds) {
    return start.plusSeconds(random.nextLong(seconds)).plusNanos(random.nextInt(1_000_000_000));
  }

  /** One of them at random. */
  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private AuthEvent auth(Envelope envelope) {
    boolean both = random.nextBoolean();
    boolean user = both || random.nextBoolean();
    return new AuthEvent(
        envelope,
        user ? "user-" + random.nextInt(8) : null,
        both || !user ? email() : null,
        address(),
        oneOf(List.of(Result.values())));
  }

  private ErrorEvent error(Envelope envelope) {
    String trace =
        "java.lang.NullPointerException: %s\n\tat com.astrobookings.Booking.confirm(Booking.java:%d)"
            .formatted(word(), 1 + random.nextInt(500));
    return new ErrorEvent(
        envelope, "E" + random.nextInt(10), "Booking failed: " + word(), perhaps(trace));
  }

  private ReconcileEvent reconcile(Envelope envelope) {
    return new ReconcileEvent(
        envelope,
        oneOf(List.of("CustomerDB", "BookingDB", "LedgerDB")),
        random.nextLong(Long.MAX_VALUE),
        random.nextInt(3),
        BigDecimal.valueOf(random.nextInt(1_000_000), 3).stripTrailingZeros().add(BigDecimal.ZERO));
  }

  private NotifyEvent notify(Envelope envelope) {
    return new NotifyEvent(
        envelope,
        "job-" + random.nextInt(20),
        oneOf(List.of("BOOKING_CONFIRMATION", "PASSWORD_RESET")),
        email(),
        oneOf(List.of(Result.values())));
  }

  private Map<String, String> labels(int count) {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      labels.put(oneOf(List.of("region", "team", "build.number", "x_1")), perhaps(word(), ""));
    }
    return labels;
  }

  private InetAddress address() {
    String literal =
        random.nextBoolean()
            ? "10.%d.0.%d".formatted(random.nextInt(3), 1 + random.nextInt(250))
            : "2001:db8::" + Integer.toHexString(1 + random.nextInt(0xfffe));
    return Addresses.parse(literal).orElseThrow();
  }

  private String email() {
    return "%s.%d@example.com".formatted(oneOf(List.of("anna", "Bob", "ÇELİK")), random.nextInt(5));
  }

  private String id() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private String hex(int digits) {
    StringBuilder text = new StringBuilder();
    random.ints(digits, 0, 16).forEach(digit -> text.append(Character.forDigit(digit, 16)));
    return text.toString();
  }

  private String word() {
    return oneOf(WORDS);
  }

  private @Nullable String perhaps(String text) {
    return random.nextBoolean() ? text : null;
  }

  private String perhaps(String text, String otherwise) {
    return random.nextInt(8) > 0 ? text : otherwise;
  }
}
