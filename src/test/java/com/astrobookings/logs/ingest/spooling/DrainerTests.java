package com.astrobookings.logs.ingest.spooling;

import static com.astrobookings.logs.ingest.spooling.Spooling.AUGUST;
import static com.astrobookings.logs.ingest.spooling.Spooling.JULY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.spool.DeadLetter;
import com.astrobookings.logs.spool.SpoolState.Counts;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome.Defect;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Spooled;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import io.micrometer.core.instrument.FunctionCounter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class DrainerTests {

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

  private List<StoredEvent> spooled(int july, int august) {
    spooling.store.goDown("connection refused");
    List<StoredEvent> all = new ArrayList<>(spooling.some(JULY, july));
    all.addAll(spooling.some(AUGUST, august));
    assertThat(spooling.write(all)).containsOnly(new Spooled());
    return all;
  }

  @Test
  void everyEventIsStoredWithTheContentAndTheTimeOfReceiptThatItHad(CapturedOutput output) {
    List<StoredEvent> all = spooled(30, 20);
    spooling.store.comeBack();

    spooling.drain();

    assertThat(spooling.store.events()).containsExactlyInAnyOrderElementsOf(all);
    await().until(() -> spooling.unavailable.isEmpty());
    assertThat(spooling.spool.state().counts()).isEqualTo(new Counts(0, 50, 0, 50, Map.of(), 0));
    assertThat(spooling.registry.get("logs.spool.delay").timer().count()).isEqualTo(50);
    assertThat(output)
        .contains("Elasticsearch takes events of 2024-07 again")
        .contains("Elasticsearch takes events of 2024-08 again");
  }

  @Test
  void theTimeFromReceiptToStorageIsMeasured() {
    StoredEvent event = spooled(1, 0).getFirst();
    spooling.store.comeBack();
    spooling.clock.pass(
        Duration.between(spooling.clock.instant(), event.receivedAt()).plusSeconds(90));

    spooling.drain();

    assertThat(spooling.registry.get("logs.spool.delay").timer().max(TimeUnit.SECONDS))
        .isEqualTo(90);
  }

  @Test
  void whatWasStoredAlreadyIsDrainedAsWell() {
    StoredEvent event = spooled(1, 0).getFirst();
    spooling.store.comeBack();
    assertThat(spooling.store.write(List.of(event), RefreshPolicy.NONE).block())
        .containsExactly(new Stored());

    spooling.drain();

    assertThat(spooling.spool.state().counts().acknowledged()).isEqualTo(1);
    assertThat(spooling.store.events()).containsExactly(event);
  }

  @Test
  void whatCanNeverBeStoredBecomesADeadLetterWithItsReason(CapturedOutput output) {
    List<StoredEvent> all = spooled(4, 0);
    spooling.appendGarbage(JULY);
    spooling.store.comeBack();
    StoredEvent other = spooling.events.otherThan(all.get(0));
    spooling.store.write(List.of(other), RefreshPolicy.NONE).block();
    spooling.store.answer(new Rejected("The value cannot be stored."), is(all.get(1)));
    spooling.store.answer(new Defect(), is(all.get(2)));

    spooling.drain();

    assertThat(spooling.deadLetters())
        .extracting(letter -> letter.entry().key(), letter -> letter.failure().reason())
        .containsExactlyInAnyOrder(
            tuple(all.get(0).event().id(), "conflict"),
            tuple(all.get(1).event().id(), "rejected"),
            tuple(all.get(2).event().id(), "defect"),
            tuple("garbage", "unreadable"));
    assertThat(spooling.deadLetters())
        .filteredOn(letter -> letter.failure().reason().equals("rejected"))
        .extracting(letter -> letter.failure().detail())
        .containsExactly("The value cannot be stored.");
    assertThat(spooling.store.events()).containsExactlyInAnyOrder(other, all.get(3));
    assertThat(dead("conflict") + dead("rejected") + dead("defect") + dead("unreadable"))
        .isEqualTo(4);
    assertThat(output).contains("4 events of the spool cannot be stored");
  }

  private double dead(String reason) {
    return spooling.registry.get("logs.spool.dead").tag("reason", reason).functionCounter().count();
  }

  private static Predicate<LogEvent> is(StoredEvent stored) {
    return event -> event.id().equals(stored.event().id());
  }

  @Test
  void aDeadLetterThatIsSentAgainIsStored() {
    StoredEvent event = spooled(1, 0).getFirst();
    spooling.store.comeBack();
    spooling.store.answer(new Rejected("no"), is(event));
    spooling.drain();
    spooling.store.comeBack();

    DeadLetter letter = spooling.deadLetters().getFirst();
    assertThat(spooling.spool.resend(letter.id()).block()).isEqualTo(DeadLetter.Resend.WAITING);

    await().until(() -> spooling.store.events().size() == 1);
    assertThat(spooling.store.events()).containsExactly(event);
  }

  @Test
  void aMonthThatIsUnavailableDoesNotHoldUpTheOthers() {
    List<StoredEvent> all = spooled(20, 20);
    spooling.store.comeBack();
    spooling.store.answer(new Unavailable(false, "red"), event -> Spooling.isIn(JULY, event));

    spooling.drainer.start();
    await().until(() -> spooling.store.events().size() == 20);
    assertThat(spooling.spool.state().waiting()).isEqualTo(Map.of("2024-07", 20L));

    spooling.store.comeBack();
    await().atMost(Duration.ofSeconds(40)).until(() -> spooling.store.events().size() == 40);
    assertThat(spooling.store.events()).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void anEventThatTheStoreNeverTakesDoesNotHoldUpTheOthersOfItsMonth() {
    List<StoredEvent> all = spooled(50, 0);
    spooling.store.comeBack();
    spooling.store.answer(new Unavailable(false, "a shard fails"), is(all.getFirst()));

    spooling.drainer.start();

    await().until(() -> spooling.store.events().size() == 49);
    assertThat(spooling.spool.state().total()).isEqualTo(1);
    assertThat(spooling.deadLetters()).isEmpty();
  }

  @Test
  void theOldestEventsAreStoredFirst() {
    List<StoredEvent> all = spooled(9_000, 0);
    List<String> order = new ArrayList<>();
    spooling.store.comeBack();
    spooling.store.answer(
        new Stored(),
        event -> {
          order.add(event.id());
          return false;
        });

    spooling.drain();

    assertThat(order)
        .containsExactlyElementsOf(all.stream().map(stored -> stored.event().id()).toList());
  }

  @Test
  void whatWaitedAtTheEndOfTheServiceIsStoredByTheNextOne() {
    List<StoredEvent> all = spooled(10, 0);
    spooling.close();
    open();

    spooling.drain();

    assertThat(spooling.store.events()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(spooling.spool.state().counts()).isEqualTo(new Counts(10, 0, 0, 10, Map.of(), 0));
  }

  @Test
  void theAccountsAddUp() {
    List<StoredEvent> all = spooled(20, 10);
    spooling.store.comeBack();
    spooling.store.answer(new Rejected("no"), is(all.get(3)));
    spooling.store.answer(new Unavailable(false, "red"), event -> Spooling.isIn(AUGUST, event));
    spooling.drainer.start();
    await().until(() -> spooling.spool.state().total() == 10);

    assertThat(count("recovered") + count("spooled") + count("resent"))
        .isEqualTo(
            count("drained")
                + dead("rejected")
                + spooling.registry.get("logs.spool.waiting").gauge().value());
    assertThat(count("spooled")).isEqualTo(30);
    assertThat(spooling.registry.get("logs.spool.dead.letters").gauge().value()).isEqualTo(1);
    assertThat(spooling.registry.get("logs.spool.unavailable.months").gauge().value()).isEqualTo(1);
  }

  private double count(String name) {
    FunctionCounter counter = spooling.registry.get("logs.spool." + name).functionCounter();
    return counter.count();
  }
}
