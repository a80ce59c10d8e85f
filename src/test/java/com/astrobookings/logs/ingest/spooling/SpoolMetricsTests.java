package com.astrobookings.logs.ingest.spooling;

import static com.astrobookings.logs.ingest.spooling.Spooling.AUGUST;
import static com.astrobookings.logs.ingest.spooling.Spooling.JULY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.spool.DeadLetter;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome.Defect;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Spooled;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolMetricsTests {

  @TempDir Path folder;
  private Spooling spooling;

  @BeforeEach
  void open() {
    spooling = new Spooling(folder);
  }

  @AfterEach
  void close() {
    spooling.close();
  }

  @Test
  void eachOfThemIsMovedByWhatItCounts() {
    List<StoredEvent> july = spooled(6);
    spooling.close();
    open();
    spooling.store.goDown("connection refused");
    assertThat(spooling.write(spooling.some(AUGUST, 3))).containsOnly(new Spooled());
    spooling.appendGarbage(JULY);
    spooling.store.comeBack();
    spooling
        .store
        .write(List.of(spooling.events.otherThan(july.get(0))), RefreshPolicy.NONE)
        .block();
    spooling.store.answer(new Rejected("no"), is(july.get(1)));
    spooling.store.answer(new Defect(), is(july.get(2)));
    spooling.store.answer(new Unavailable(false, "red"), event -> Spooling.isIn(AUGUST, event));
    spooling.drainer.start();
    await().until(() -> spooling.deadLetters().size() == 4);
    await().until(() -> spooling.spool.state().total() == 3);

    List<DeadLetter> letters = spooling.deadLetters();
    spooling.spool.resend(letters.getFirst().id()).block();
    spooling.spool.discard(letters.getLast().id()).block();
    await().until(() -> spooling.spool.state().total() == 3);
    await().until(() -> !spooling.unavailable.isEmpty());
    spooling.clock.pass(Duration.ofDays(1));

    assertThat(spooling.registry.getMeters())
        .filteredOn(meter -> meter.getId().getName().startsWith("logs.spool."))
        .hasSizeGreaterThan(12)
        .allSatisfy(meter -> assertThat(value(meter)).as("%s", meter.getId()).isPositive());
    assertThat(count("recovered") + count("spooled") + count("resent") - count("drained") - dead())
        .isEqualTo(spooling.registry.get("logs.spool.waiting").gauge().value());
  }

  private List<StoredEvent> spooled(int count) {
    spooling.store.goDown("connection refused");
    List<StoredEvent> events = spooling.some(JULY, count);
    assertThat(spooling.write(events)).containsOnly(new Spooled());
    return events;
  }

  private static Predicate<LogEvent> is(StoredEvent stored) {
    return event -> event.equals(stored.event());
  }

  private static double value(Meter meter) {
    for (Measurement first : meter.measure()) {
      return first.getValue();
    }
    throw new AssertionError(meter.getId() + " measures nothing");
  }

  private double count(String name) {
    return spooling.registry.get("logs.spool." + name).functionCounter().count();
  }

  private double dead() {
    double all = 0;
    for (var counter : spooling.registry.get("logs.spool.dead").functionCounters()) {
      all += counter.count();
    }
    return all;
  }
}
