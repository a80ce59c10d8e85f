package com.astrobookings.logs.store.memory;

import static com.astrobookings.logs.store.memory.ReadMemory.PLACE;
import static com.astrobookings.logs.store.memory.ReadMemory.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.astrobookings.logs.store.memory.ReadMemory.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

class ReadMemoryTests {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ReadMemory memory = new ReadMemory(ReadMemory.MIN_CAPACITY, PATIENCE);
  private final List<Share> shares = new ArrayList<>();

  @AfterEach
  void isWholeAgain() {
    shares.forEach(Share::close);
    assertThat(memory.taken()).isZero();
  }

  @Test
  void hasAPlaceEvenAtItsLeast() {
    assertThat(share().raiseTo(PLACE)).isTrue();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new ReadMemory(ReadMemory.MIN_CAPACITY - 4, PATIENCE));
  }

  @Test
  void letsASmallReadTakeWhatItNeeds() {
    Share share = share();

    assertThat(share.raiseTo(1_000)).isTrue();
    assertThat(share.raiseTo(500)).isTrue();

    assertThat(memory.taken()).isEqualTo(1_000);
  }

  @Test
  void givesALargeReadAWholePlace() {
    Share share = share();
    share.raiseTo(1_000);

    assertThat(share.raiseTo(SMALL + 1)).isTrue();

    assertThat(memory.taken()).isEqualTo(PLACE);
    assertThat(share.raiseTo(PLACE)).isTrue();
    assertThat(share.raiseTo(PLACE + 1)).isFalse();
  }

  @Test
  void refusesALargeReadBesideAnotherButNoSmallOne() {
    share().raiseTo(PLACE);
    Share second = share();

    assertThat(second.raiseTo(SMALL)).isTrue();
    assertThat(second.raiseTo(SMALL + 1)).isFalse();

    assertThat(memory.taken()).isEqualTo(PLACE + SMALL);
  }

  @Test
  void letsNoReadTakeMoreThanItLeavesToOthers() {
    share().raiseTo(PLACE);
    List<Share> growing = IntStream.range(0, 100).mapToObj(i -> share()).toList();

    for (int size = 16 * 1024; size <= SMALL; size *= 2) {
      for (Share share : growing) {
        share.raiseTo(size);
      }
    }

    assertThat(memory.taken()).isBetween(PLACE + 5L * 1024 * 1024, PLACE + 11L * 1024 * 1024);
    assertThat(IntStream.range(0, 10).mapToObj(i -> share()))
        .allMatch(share -> share.raiseTo(8 * 1024));
  }

  @Test
  void letsSmallReadsOverflowIntoAPlace() {
    List<Share> all = IntStream.range(0, 5).mapToObj(i -> share()).toList();

    assertThat(all.subList(0, 2)).allMatch(share -> share.raiseTo(SMALL));

    assertThat(memory.taken()).isEqualTo(SMALL + PLACE);
    assertThat(all.get(2).raiseTo(SMALL)).isFalse();
    assertThat(all.get(3).raiseTo(SMALL / 2)).isTrue();
  }

  @Test
  void givesPlacesInTheOrderInWhichTheyWereAskedFor() {
    Share first = share();
    first.raiseTo(PLACE);
    Share second = share();
    Share third = share();
    List<String> moved = new ArrayList<>();
    second.place().subscribe(nothing -> {}, failure -> {}, () -> moved.add("second"));
    third.place().subscribe(nothing -> {}, failure -> {}, () -> moved.add("third"));
    assertThat(moved).isEmpty();

    first.lowerTo(1_000);
    assertThat(moved).isEmpty();
    first.close();
    assertThat(moved).containsExactly("second");
    assertThat(share().raiseTo(SMALL + 1)).isFalse();

    second.close();
    assertThat(moved).containsExactly("second", "third");
    assertThat(memory.taken()).isEqualTo(PLACE);
  }

  @Test
  void refusesAReadThatWaitsTooLong() {
    share().raiseTo(PLACE);

    StepVerifier.withVirtualTime(() -> share().place())
        .expectSubscription()
        .expectNoEvent(PATIENCE.minusMillis(1))
        .thenAwait(Duration.ofMillis(1))
        .verifyError(NoRoomException.class);

    assertThat(memory.taken()).isEqualTo(PLACE);
  }

  @Test
  void holdsNothingWhileItWaits() {
    share().raiseTo(PLACE);
    Share waiting = share();
    waiting.raiseTo(SMALL);

    waiting.place().subscribe();

    assertThat(memory.taken()).isEqualTo(PLACE);
  }

  @Test
  void givesNoPlaceToWhoHasLeft() {
    Share first = share();
    first.raiseTo(PLACE);
    Disposable waiting = share().place().subscribe();
    share().place().subscribe();
    shares.getLast().close();

    waiting.dispose();
    first.close();

    assertThat(memory.taken()).isZero();
    assertThat(share().raiseTo(PLACE)).isTrue();
  }

  @Test
  void givesNothingToAReadThatIsOver() {
    Share share = share();
    share.raiseTo(1_000);

    share.close();
    share.close();
    share.lowerTo(10);

    assertThat(share.raiseTo(1)).isFalse();
    assertThat(memory.taken()).isZero();
  }

  /** However reads overlap, all that get a place end, and nothing is lost. */
  @Test
  void isWholeAfterManyThreadsHaveUsedIt() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> reads =
          IntStream.range(0, 2_000).<Callable<Boolean>>mapToObj(i -> () -> read(i)).toList();
      for (Future<Boolean> read : threads.invokeAll(reads)) {
        assertThat(read.get()).isTrue();
      }
    }
  }

  private boolean read(int seed) {
    Random random = new Random(seed);
    try (Share share = memory.share()) {
      if (!share.raiseTo(random.nextInt(2 * SMALL))) {
        if (random.nextBoolean()) {
          share.place().subscribe().dispose();
        } else {
          share.place().block(PATIENCE);
        }
      }
      share.lowerTo(random.nextInt(SMALL));
    }
    return true;
  }

  private Share share() {
    Share share = memory.share();
    shares.add(share);
    return share;
  }
}
