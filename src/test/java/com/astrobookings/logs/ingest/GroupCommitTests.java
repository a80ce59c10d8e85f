package com.astrobookings.logs.ingest;

import static com.astrobookings.logs.ingest.GroupCommit.MAX_WRITES;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Conflict;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import com.astrobookings.logs.web.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class GroupCommitTests {

  private static final Instant NOON = Instant.parse("2024-08-11T12:00:00Z");

  private final TestClock clock = new TestClock();
  private final Events events = new Events(5);
  private final HeldStore store = new HeldStore();
  private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
  private final GroupCommit groupCommit = new GroupCommit(store, scheduler);

  @Test
  void sendsAtOnceWhileTheStoreHasLittleToDo() {
    List<StoredEvent> first = some(1);
    List<StoredEvent> second = some(2);
    write(first);
    write(second);

    assertThat(store.writes()).extracting(HeldStore.Write::events).containsExactly(first, second);
  }

  @Test
  void gathersWhatComesWhileTheStoreIsBusy() {
    busy();
    List<StoredEvent> first = some(1);
    List<StoredEvent> second = some(3);
    List<List<WriteOutcome>> answers = new ArrayList<>();
    groupCommit.write(first, deadline(), Runnable::run).subscribe(answers::add);
    groupCommit.write(second, deadline(), Runnable::run).subscribe(answers::add);
    assertThat(store.writes()).hasSize(MAX_WRITES);

    store.writes().getFirst().answerAll(new Stored());

    assertThat(store.writes()).hasSize(MAX_WRITES + 1);
    assertThat(store.writes().getLast().events())
        .isEqualTo(Stream.concat(first.stream(), second.stream()).toList());
    assertThat(answers).isEmpty();
    store
        .writes()
        .getLast()
        .answer(List.of(new Duplicate(), new Stored(), new Conflict(), new Stored()));
    assertThat(answers)
        .containsExactly(
            List.of(new Duplicate()), List.of(new Stored(), new Conflict(), new Stored()));
  }

  /** The index of a month may not answer, while others do. */
  @Test
  void writesOnlyRequestsOfTheSameMonthsTogether() {
    busy();
    Instant july = Instant.parse("2024-07-31T23:59:59Z");
    Instant august = july.plusSeconds(1);
    StoredEvent ofJuly = events.next(july);
    StoredEvent ofAugust = events.next(august);
    List<StoredEvent> ofBoth = List.of(events.next(july), events.next(august));
    StoredEvent ofJulyToo = events.next(july);
    List<List<WriteOutcome>> answers = new ArrayList<>();
    for (List<StoredEvent> request :
        List.of(List.of(ofJuly), List.of(ofAugust), ofBoth, List.of(ofJulyToo))) {
      groupCommit.write(request, deadline(), Runnable::run).subscribe(answers::add);
    }

    IntStream.range(0, 3).forEach(i -> store.writes().get(i).answerAll(new Stored()));

    List<HeldStore.Write> groups = store.writes().subList(MAX_WRITES, MAX_WRITES + 3);
    assertThat(groups)
        .extracting(HeldStore.Write::events)
        .containsExactly(List.of(ofJuly, ofJulyToo), List.of(ofAugust), ofBoth);
    groups.get(1).answerAll(new Stored());
    assertThat(answers).containsExactly(List.of(new Stored()));
  }

  @Test
  void waitsForAGroupWhileManyRequestsAreUnderWay() {
    manyUnderWay();
    write(some(1));
    assertThat(store.writes()).hasSize(MAX_WRITES + 1);

    List<StoredEvent> others = some(15);
    others.forEach(event -> write(List.of(event)));

    assertThat(store.writes()).hasSize(MAX_WRITES + 2);
    assertThat(store.writes().getLast().events()).hasSizeGreaterThan(10);
  }

  @Test
  void doesNotWaitLongForAGroup() {
    manyUnderWay();
    List<StoredEvent> lonely = some(1);
    write(lonely);
    assertThat(store.writes()).hasSize(MAX_WRITES + 1);

    scheduler.advanceTimeBy(GroupCommit.MAX_GATHER_TIME);

    assertThat(store.writes()).hasSize(MAX_WRITES + 2);
    assertThat(store.writes().getLast().events()).isEqualTo(lonely);
  }

  @Test
  void givesEachGroupATimeOfItsOwn() {
    manyUnderWay();
    write(some(1));
    scheduler.advanceTimeBy(Duration.ofMillis(1));
    IntStream.range(0, 15).forEach(i -> write(some(1)));
    assertThat(store.writes()).hasSize(MAX_WRITES + 2);

    scheduler.advanceTimeBy(GroupCommit.MAX_GATHER_TIME.minusMillis(1));
    assertThat(store.writes()).hasSize(MAX_WRITES + 2);

    scheduler.advanceTimeBy(Duration.ofMillis(1));
    assertThat(store.writes()).hasSize(MAX_WRITES + 3);
  }

  @Test
  void completesTheRequestsOfOneExecutorInOneTask() {
    busy();
    List<Runnable> tasks = new ArrayList<>();
    Executor eventLoop = tasks::add;
    List<List<WriteOutcome>> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      groupCommit.write(some(1), deadline(), eventLoop).subscribe(answers::add);
    }
    store.writes().getFirst().answerAll(new Stored());
    store.writes().getLast().answerAll(new Stored());
    assertThat(answers).isEmpty();

    assertThat(tasks).hasSize(1);
    tasks.getFirst().run();
    assertThat(answers).hasSize(3);
  }

  @Test
  void sendsNoMoreAtOnceThanAreGood() {
    busy();
    IntStream.range(0, 1_200).forEach(i -> write(some(1)));
    assertThat(store.writes()).hasSize(MAX_WRITES);

    store.writes().get(0).answerAll(new Stored());
    store.writes().get(1).answerAll(new Stored());

    assertThat(store.writes()).extracting(write -> write.events().size()).endsWith(1, 500, 500);
    store.writes().get(MAX_WRITES).answerAll(new Stored());
    scheduler.advanceTimeBy(GroupCommit.MAX_GATHER_TIME);
    assertThat(store.writes().getLast().events()).hasSize(200);
  }

  @Test
  void givesTheStoreTheTimeThatTheOldestRequestHasLeft() {
    busy();
    WriteDeadline old = deadline();
    clock.pass(Duration.ofSeconds(3));
    groupCommit.write(some(1), old, Runnable::run).subscribe();
    write(some(1));

    store.writes().getFirst().answerAll(new Stored());

    assertThat(store.writes().getLast().events()).hasSize(2);
    assertThat(store.writes().getLast().within()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void refusesWhatHasWaitedTooLongToBeWritten() {
    busy();
    List<List<WriteOutcome>> answers = new ArrayList<>();
    groupCommit.write(some(2), deadline(), Runnable::run).subscribe(answers::add);
    clock.pass(Duration.ofMillis(4_001));
    List<StoredEvent> young = some(1);
    write(young);

    store.writes().getFirst().answerAll(new Stored());

    assertThat(answers)
        .containsExactly(
            Collections.nCopies(
                2, new Unavailable(false, "the request waited too long to be written")));
    assertThat(store.writes().getLast().events()).isEqualTo(young);
  }

  @Test
  void doesNotSendWhatNobodyAsksForAnyMore() {
    busy();
    Disposable gone = groupCommit.write(some(1), deadline(), Runnable::run).subscribe();
    List<StoredEvent> stays = some(1);
    write(stays);

    gone.dispose();
    store.writes().getFirst().answerAll(new Stored());

    assertThat(store.writes().getLast().events()).isEqualTo(stays);
  }

  @Test
  void refusesWhatIsTooMuchToWait() {
    busy();
    IntStream.range(0, 10_000).forEach(i -> write(some(1)));

    StepVerifier.create(groupCommit.write(some(2), deadline(), Runnable::run))
        .expectNext(
            Collections.nCopies(2, new Unavailable(true, "too many requests wait to be written")))
        .verifyComplete();
    store.answerEverything(new Stored());
    assertThat(store.writes().stream().mapToInt(write -> write.events().size()).sum())
        .isEqualTo(10_000 + MAX_WRITES);
  }

  @Test
  void aStoreThatFailsHoldsUpNobodyElse() {
    busy();
    Mono<List<WriteOutcome>> unlucky =
        groupCommit.write(some(1), deadline(), Runnable::run).cache();
    unlucky.subscribe(outcomes -> {}, failure -> {});
    store.writes().getFirst().answerAll(new Stored());

    store.writes().getLast().fail(new IllegalStateException("a defect"));

    StepVerifier.create(unlucky).verifyErrorMessage("a defect");
    List<StoredEvent> next = some(1);
    write(next);
    assertThat(store.writes().getLast().events()).isEqualTo(next);
  }

  @Test
  void givesEachOfManyThreadsItsOwnOutcomes() {
    Set<String> written = ConcurrentHashMap.newKeySet();
    GroupCommit ids =
        new GroupCommit(
            HeldStore.answering(event -> new WriteOutcome.Rejected(event.event().id())),
            Schedulers.parallel());
    List<StoredEvent> all = some(5_000);

    Flux.fromIterable(all)
        .flatMap(
            event ->
                ids.write(List.of(event), deadline(), Runnable::run)
                    .subscribeOn(Schedulers.boundedElastic())
                    .doOnNext(outcomes ->
                        assertThat(outcomes)
                            .containsExactly(new WriteOutcome.Rejected(event.event().id())))
                    .doOnNext(outcomes -> written.add(event.event().id())),
            64)
        .blockLast();

    assertThat(written).hasSize(5_000);
  }

  /** Leaves nothing under way; 32 requests were under way before. */
  private void manyUnderWay() {
    busy();
    IntStream.range(MAX_WRITES, 32).forEach(i -> write(some(1)));
    store.answerEverything(new Stored());
  }

  private WriteDeadline deadline() {
    return new WriteDeadline(clock.instant(), clock);
  }

  private void busy() {
    IntStream.range(0, MAX_WRITES).forEach(i -> write(some(1)));
  }

  private void write(List<StoredEvent> written) {
    groupCommit.write(written, deadline(), Runnable::run).subscribe();
  }

  private List<StoredEvent> some(int count) {
    return Stream.generate(() -> events.next(NOON)).limit(count).toList();
  }
}
