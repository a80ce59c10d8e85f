package com.astrobookings.logs.ingest.spooling;

import static com.astrobookings.logs.ingest.spooling.Spooling.AUGUST;
import static com.astrobookings.logs.ingest.spooling.Spooling.JULY;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Conflict;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Spooled;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SpooledWritesTests {

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
  void nothingIsSpooledWhileTheStoreTakesEvents() {
    assertThat(spooling.write(spooling.some(JULY, 3))).containsOnly(new Stored());

    assertThat(spooling.spool.state().counts().accepted()).isZero();
  }

  @Test
  void whatTheStoreIsUnavailableToIsSpooled(CapturedOutput output) {
    spooling.store.goDown("connection refused");

    assertThat(spooling.write(spooling.some(JULY, 3))).containsOnly(new Spooled()).hasSize(3);

    assertThat(spooling.spool.state().waiting()).isEqualTo(Map.of("2024-07", 3L));
    assertThat(output)
        .containsOnlyOnce(
            "Elasticsearch does not take events of 2024-07, which are spooled from now on:"
                + " connection refused");
  }

  @Test
  void afterTheFirstEventTheOthersOfItsMonthGoToTheSpoolAtOnce() {
    spooling.store.goDown("connection refused");

    for (int i = 0; i < 10; i++) {
      assertThat(spooling.write(spooling.events.next(JULY))).containsExactly(new Spooled());
    }

    assertThat(spooling.store.writes()).containsExactly(1);
  }

  @Test
  void aMonthThatIsUnavailableDoesNotKeepTheOthersFromTheStore() {
    spooling.store.answer(new Unavailable(false, "closed"), event -> Spooling.isIn(JULY, event));

    for (int i = 0; i < 2; i++) {
      assertThat(spooling.write(spooling.events.next(JULY), spooling.events.next(AUGUST)))
          .containsExactly(new Spooled(), new Stored());
    }

    assertThat(spooling.unavailable.all()).isEqualTo(Map.of("2024-07", "closed"));
  }

  @Test
  void otherOutcomesStayWhatTheyAre() {
    StoredEvent known = spooling.events.next(AUGUST);
    StoredEvent bad = spooling.events.next(AUGUST);
    spooling.write(known);
    spooling.store.answer(new Unavailable(false, "red"), event -> Spooling.isIn(JULY, event));
    spooling.store.answer(new Rejected("no"), event -> event.id().equals(bad.event().id()));

    assertThat(
            spooling.write(
                known,
                spooling.events.next(JULY),
                spooling.events.otherThan(known),
                bad,
                spooling.events.next(AUGUST)))
        .containsExactly(
            new Duplicate(), new Spooled(), new Conflict(), new Rejected("no"), new Stored());
  }

  @Test
  void anOverloadedStoreIsNotRelieved() {
    spooling.store.beOverloaded("too many requests");

    assertThat(spooling.write(spooling.events.next(JULY)))
        .containsExactly(new Unavailable(true, "too many requests"));
    assertThat(spooling.spool.state().total()).isZero();
    assertThat(spooling.unavailable.isEmpty()).isTrue();
  }

  @Test
  void theSameIdIsComparedWithWhatWaitsWhileTheStoreIsUnavailable() {
    StoredEvent first = spooling.events.next(JULY);
    StoredEvent other = spooling.events.otherThan(first);
    spooling.store.goDown("connection refused");

    assertThat(spooling.write(first, other, first))
        .containsExactly(new Spooled(), new Conflict(), new Duplicate());
    assertThat(spooling.write(other, spooling.events.next(JULY), first))
        .containsExactly(new Conflict(), new Spooled(), new Duplicate());
    assertThat(spooling.spool.state().total()).isEqualTo(2);
  }

  @Test
  void theSameIdIsComparedWithWhatWaitsAlsoWhenTheStoreComesBackMeanwhile() {
    StoredEvent first = spooling.events.next(JULY);
    StoredEvent other = spooling.events.otherThan(first);
    spooling.store.goDown("connection refused");
    spooling.write(first);
    SpooledWrite write =
        new SpooledWrite(
            spooling.spool,
            spooling.unavailable,
            List.of(other, first),
            () -> EventStore.WRITE_TIMEOUT);

    write.compare().block();
    spooling.store.comeBack();
    spooling.unavailable.remove("2024-07", 1);
    write.writeRest(some -> spooling.store.write(some, RefreshPolicy.NONE)).block();

    assertThat(write.outcomes()).containsExactly(new Conflict(), new Duplicate());
    assertThat(spooling.store.events()).isEmpty();
  }

  @Test
  void theSameIdIsComparedWithWhatWaitsAlsoWhenTheStoreIsAvailableAgain() {
    StoredEvent first = spooling.events.next(JULY);
    spooling.store.goDown("connection refused");
    spooling.write(first);
    spooling.store.comeBack();
    spooling.unavailable.remove("2024-07", 1);

    assertThat(spooling.write(spooling.events.otherThan(first), spooling.events.next(JULY), first))
        .containsExactly(new Conflict(), new Stored(), new Duplicate());
    assertThat(spooling.store.events()).hasSize(1);
  }

  @Test
  void theSameIdInAnotherMonthIsAnotherEvent() {
    StoredEvent first = spooling.events.next(JULY);
    spooling.store.goDown("connection refused");

    assertThat(spooling.write(first, spooling.events.next(first.event().id(), AUGUST)))
        .containsExactly(new Spooled(), new Spooled());
  }

  @Test
  void aFullSpoolRefusesAndIsTakenAgainWhenThereIsRoom() {
    spooling.store.goDown("connection refused");
    List<WriteOutcome> outcomes = new ArrayList<>(List.of(new Spooled()));
    while (outcomes.getLast() instanceof Spooled) {
      outcomes.addAll(spooling.write(spooling.some(JULY, 500)));
    }

    assertThat(outcomes.getLast())
        .isInstanceOfSatisfying(
            Unavailable.class,
            refused -> {
              assertThat(refused.overloaded()).isFalse();
              assertThat(refused.reason()).startsWith("the spool is full");
            });
    spooling.store.comeBack();
    spooling.drain();

    assertThat(spooling.store.events())
        .hasSize((int) outcomes.stream().filter(Spooled.class::isInstance).count() - 1);
    assertThat(spooling.write(spooling.events.next(AUGUST))).containsExactly(new Stored());
  }
}
