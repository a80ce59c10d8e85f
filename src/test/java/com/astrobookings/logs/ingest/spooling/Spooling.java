package com.astrobookings.logs.ingest.spooling;

import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.spool.DeadLetter;
import com.astrobookings.logs.spool.Spool;
import com.astrobookings.logs.spool.SpoolEntry;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.web.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import reactor.core.scheduler.Schedulers;

/** A spool beside a store in memory, with all that is between them. */
final class Spooling implements AutoCloseable {

  static final Instant JULY = Instant.parse("2024-07-10T10:00:00Z");
  static final Instant AUGUST = Instant.parse("2024-08-10T10:00:00Z");
  static final long MAX_BYTES = 16 << 20;

  final Events events = new Events(15);
  final InMemoryEventStore store = new InMemoryEventStore();
  final TestClock clock = new TestClock();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final UnavailableMonths unavailable = new UnavailableMonths();
  final Spool spool;
  final SpooledWrites writes;
  final Drainer drainer;

  Spooling(Path folder) {
    spool = Spool.open(folder, MAX_BYTES, 8 << 20);
    writes = new SpooledWrites(spool, unavailable);
    drainer =
        new Drainer(
            spool,
            store,
            unavailable,
            writes,
            new SpoolMetrics(spool, unavailable, clock, registry),
            clock,
            Schedulers.parallel());
  }

  List<WriteOutcome> write(StoredEvent... written) {
    return write(List.of(written));
  }

  List<WriteOutcome> write(List<StoredEvent> written) {
    return writes
        .write(
            written, () -> EventStore.WRITE_TIMEOUT, some -> store.write(some, RefreshPolicy.NONE))
        .block(Duration.ofSeconds(30));
  }

  List<StoredEvent> some(Instant from, int count) {
    return IntStream.range(0, count).mapToObj(i -> events.next(from.plusSeconds(i))).toList();
  }

  /** Appends bytes that no event has. */
  void appendGarbage(Instant timestamp) {
    spool
        .append(
            List.of(
                new SpoolEntry(
                    UnavailableMonths.of(timestamp), "garbage", timestamp, new byte[] {1, 2})))
        .block();
  }

  void drain() {
    drainer.start();
    await().atMost(Duration.ofSeconds(60)).until(() -> spool.state().total() == 0);
  }

  List<DeadLetter> deadLetters() {
    return spool.deadLetters(0, true, 100, 1 << 20).block();
  }

  static boolean isIn(Instant month, LogEvent event) {
    return UnavailableMonths.of(event.timestamp()).equals(UnavailableMonths.of(month));
  }

  @Override
  public void close() {
    drainer.stop();
    spool.close();
  }
}
