package com.astrobookings.logs.spool;

import static com.astrobookings.logs.spool.Spools.MARCH;
import static com.astrobookings.logs.spool.Spools.TIME;
import static com.astrobookings.logs.spool.Spools.append;
import static com.astrobookings.logs.spool.Spools.entries;
import static com.astrobookings.logs.spool.Spools.entry;
import static com.astrobookings.logs.spool.Spools.keys;
import static com.astrobookings.logs.spool.Spools.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.spool.Appended.Accepted;
import com.astrobookings.logs.spool.Appended.Present;
import com.astrobookings.logs.spool.Appended.Refused;
import com.astrobookings.logs.spool.DeadLetter.Failure;
import com.astrobookings.logs.spool.DeadLetter.Resend;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

class SpoolTests {

  private static final Failure CONFLICT = new Failure("conflict", "Another has the id.", TIME);

  @TempDir Path folder;
  private Spool spool;

  @BeforeEach
  void open() {
    spool = Spools.open(folder.resolve("spool"));
  }

  @AfterEach
  void close() {
    spool.close();
  }

  private void reopen() {
    spool.close();
    open();
  }

  @Test
  void anEntryIsReadAsItWasAppendedAlsoAfterItIsOpenedAgain() {
    SpoolEntry entry = entry(MARCH, "k", "{\"ä\":1}");

    assertThat(append(spool, List.of(entry))).containsExactly(new Accepted());
    reopen();

    assertThat(read(spool, MARCH, 0))
        .singleElement()
        .extracting(WaitingEntry::entry)
        .usingRecursiveComparison()
        .isEqualTo(entry);
    assertThat(spool.state().waiting()).isEqualTo(Map.of(MARCH, 1L));
    assertThat(spool.state().total()).isEqualTo(1);
    assertThat(spool.state().oldest()).isEqualTo(TIME);
  }

  @Test
  void entriesAreReadInTheOrderInWhichTheyWereAppendedEachPartitionByItself() {
    append(spool, List.of(entry(MARCH, "b", "1"), entry("2026-02", "a", "2")));
    append(spool, List.of(entry(MARCH, "a", "3"), entry(MARCH, "c", "4")));

    List<WaitingEntry> march = read(spool, MARCH, 0);

    assertThat(keys(march)).containsExactly("b", "a", "c");
    assertThat(keys(read(spool, MARCH, march.getFirst().position()))).containsExactly("a", "c");
    assertThat(keys(read(spool, "2026-02", 0))).containsExactly("a");
    assertThat(read(spool, "2026-01", 0)).isEmpty();
  }

  @Test
  void aReadIsBoundedInEntriesAndInBytes() {
    append(spool, entries(0, 10, 100));

    assertThat(spool.read(MARCH, 0, 3, 10_000).block()).hasSize(3);
    assertThat(spool.read(MARCH, 0, 10, 250).block()).hasSize(3);
    assertThat(spool.read(MARCH, 0, 10, 1).block()).hasSize(1);
  }

  @Test
  void aKeyThatWaitsIsReportedWithWhatWaits() {
    append(spool, List.of(entry(MARCH, "k", "first")));

    List<Appended> again =
        append(
            spool,
            List.of(
                entry(MARCH, "k", "second"),
                entry("2026-02", "k", "of another month"),
                entry(MARCH, "new", "a"),
                entry(MARCH, "new", "b")));

    assertThat(again)
        .satisfiesExactly(
            first -> assertThat(waitingText(first)).isEqualTo("first"),
            second -> assertThat(second).isEqualTo(new Accepted()),
            third -> assertThat(third).isEqualTo(new Accepted()),
            fourth -> assertThat(waitingText(fourth)).isEqualTo("a"));
    assertThat(spool.state().total()).isEqualTo(3);
  }

  private static String waitingText(Appended appended) {
    assertThat(appended).isInstanceOf(Present.class);
    return Spools.text(((Present) appended).other());
  }

  @Test
  void waitingEntriesAreFoundByTheirKeys() {
    append(spool, List.of(entry(MARCH, "a", "1"), entry("2026-02", "b", "2")));

    assertThat(spool.find(MARCH, List.of("a", "b", "c")).block())
        .singleElement()
        .returns("a", SpoolEntry::key);
  }

  @Test
  void acknowledgedEntriesAreGone() {
    append(spool, entries(0, 5, 10));
    List<WaitingEntry> all = read(spool, MARCH, 0);

    spool.acknowledge(List.of(all.get(0), all.get(3))).block();
    spool.acknowledge(List.of(all.get(0))).block();

    assertThat(spool.state().total()).isEqualTo(3);
    reopen();
    assertThat(keys(read(spool, MARCH, 0))).containsExactly("k1", "k2", "k4");
    assertThat(spool.state().total()).isEqualTo(3);
  }

  @Test
  void positionsAreNeverUsedAgain() {
    append(spool, entries(0, 2, 10));
    List<WaitingEntry> all = read(spool, MARCH, 0);
    spool.acknowledge(all).block();
    reopen();

    append(spool, entries(2, 3, 10));

    assertThat(read(spool, MARCH, 0).getFirst().position()).isGreaterThan(all.getLast().position());
  }

  @Test
  void aDeadLetterIsKeptWithItsReasonAndWaitsNoLonger() {
    append(spool, List.of(entry(MARCH, "k", "value")));
    WaitingEntry waiting = read(spool, MARCH, 0).getFirst();

    spool.bury(Map.of(waiting, CONFLICT)).block();
    spool.bury(Map.of(waiting, CONFLICT)).block();

    assertThat(spool.state().total()).isZero();
    assertThat(spool.state().deadLetters()).isEqualTo(1);
    reopen();
    assertThat(spool.state().deadLetters()).isEqualTo(1);
    assertThat(spool.deadLetters(0, true, 10, 1 << 20).block())
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.failure()).isEqualTo(CONFLICT);
          assertThat(letter.entry()).usingRecursiveComparison().isEqualTo(waiting.entry());
        });
  }

  @Test
  void deadLettersAreReadInBothDirections() {
    buried(3);

    List<Long> ids = ids(spool.deadLetters(0, true, 10, 1 << 20).block());

    assertThat(ids).hasSize(3).isSorted();
    assertThat(ids(spool.deadLetters(ids.get(0), true, 1, 1 << 20).block()))
        .containsExactly(ids.get(1));
    assertThat(ids(spool.deadLetters(Long.MAX_VALUE, false, 2, 1 << 20).block()))
        .containsExactly(ids.get(2), ids.get(1));
  }

  private static List<Long> ids(List<DeadLetter> letters) {
    return letters.stream().map(DeadLetter::id).toList();
  }

  private void buried(int number) {
    append(spool, entries(0, number, 10));
    read(spool, MARCH, 0).forEach(waiting -> spool.bury(Map.of(waiting, CONFLICT)).block());
  }

  @Test
  void aDeadLetterThatIsSentAgainWaitsBehindTheOthers() {
    buried(1);
    append(spool, List.of(entry(MARCH, "other", "x")));
    long id = spool.deadLetters(0, true, 1, 1 << 20).block().getFirst().id();

    assertThat(spool.resend(id).block()).isEqualTo(Resend.WAITING);
    assertThat(spool.resend(id).block()).isEqualTo(Resend.UNKNOWN);

    assertThat(keys(read(spool, MARCH, 0))).containsExactly("other", "k0");
    assertThat(spool.state().deadLetters()).isZero();
    assertThat(spool.state().total()).isEqualTo(2);
  }

  @Test
  void aDeadLetterStaysWhereItIsWhileItsKeyWaits() {
    buried(1);
    append(spool, List.of(entry(MARCH, "k0", "sent once more")));
    long id = spool.deadLetters(0, true, 1, 1 << 20).block().getFirst().id();

    assertThat(spool.resend(id).block()).isEqualTo(Resend.KEY_WAITS);

    assertThat(spool.state().deadLetters()).isEqualTo(1);
    assertThat(read(spool, MARCH, 0)).hasSize(1);
  }

  @Test
  void aDeadLetterIsDiscardedOnce() {
    buried(1);
    long id = spool.deadLetters(0, true, 1, 1 << 20).block().getFirst().id();

    assertThat(spool.discard(id).block()).isTrue();
    assertThat(spool.discard(id).block()).isFalse();

    assertThat(spool.state().deadLetters()).isZero();
  }

  @Test
  void concurrentAppendsAreAllThereOnceInTheOrderOfEach() {
    Flux.range(0, 200)
        .flatMap(number -> spool.append(entries(number * 5, number * 5 + 5, 100)), 200)
        .doOnNext(results -> assertThat(results).containsOnly(new Accepted()))
        .blockLast();

    List<String> keys = keys(read(spool, MARCH, 0));

    assertThat(keys).hasSize(1000).doesNotHaveDuplicates();
    for (int number = 0; number < 1000; number += 5) {
      assertThat(keys.subList(keys.indexOf("k" + number), keys.indexOf("k" + number) + 5))
          .containsExactlyElementsOf(fiveKeysFrom(number));
    }
  }

  private static List<String> fiveKeysFrom(int first) {
    return Stream.iterate(first, number -> number + 1).limit(5).map(n -> "k" + n).toList();
  }

  @Test
  void aSpoolThatIsClosedRefuses() {
    spool.close();

    assertThat(append(spool, entries(0, 2, 10)))
        .containsExactly(
            new Refused(false, "the spool is closed"), new Refused(false, "the spool is closed"));
  }

  @Test
  void theOldestEntryIsThatWhichWasAppendedFirst() {
    Instant later = TIME.plusSeconds(60);
    append(spool, List.of(entry(MARCH, "k", "1")));
    append(spool, List.of(new SpoolEntry("2026-04", "k", later, new byte[1])));

    assertThat(spool.state().oldest()).isEqualTo(TIME);
    spool.acknowledge(read(spool, MARCH, 0)).block();
    assertThat(spool.state().oldest()).isEqualTo(later);
    spool.acknowledge(read(spool, "2026-04", 0)).block();
    assertThat(spool.state().oldest()).isNull();
  }
}
