package com.astrobookings.logs.web.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Which of many bodies that are being read keep their memory. */
class SlowBodyTests {

  private static final int LIMIT = 100_000;
  private static final int CAPACITY = 800_000;

  private final MemoryBudget budget = new MemoryBudget(CAPACITY);
  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final BodyReader reader =
      new BodyReader(LIMIT, Duration.ofSeconds(60), Schedulers.immediate(), time);

  @Test
  void aBodyThatWasAnnouncedHoldsNothing() {
    List<Producer> silent = producers(1_000);
    time.advanceTimeBy(Duration.ofSeconds(30));

    assertThat(budget.taken()).isZero();
    Producer fast = new Producer(LIMIT);
    fast.send(LIMIT / 2);
    fast.send(LIMIT / 2);
    assertThat(fast.body).isNotNull();
    assertThat(silent).allMatch(Producer::isUnderWay);
  }

  @Test
  void aFastBodyTakesTheMemoryOfThoseThatAreOverdueMost() {
    List<Producer> slow = producers(7);
    slow.forEach(producer -> {
      producer.send(LIMIT - 1);
      time.advanceTimeBy(Duration.ofMillis(500));
    });
    time.advanceTimeBy(Duration.ofSeconds(3));

    Producer fast = new Producer(LIMIT);
    fast.send(LIMIT / 2);
    fast.send(LIMIT / 2);

    assertThat(fast.body).isNotNull();
    assertThat(slow.getFirst().failure()).isEqualTo(ProblemType.BODY_TIMED_OUT);
    assertThat(slow.subList(1, 7)).allMatch(Producer::isUnderWay);
  }

  @Test
  void aBodyThatIsNotOverdueIsNotEndedForAnother() {
    List<Producer> fast = producers(7);
    fast.forEach(producer -> producer.send(LIMIT - 1));
    time.advanceTimeBy(Duration.ofSeconds(1));

    Producer late = new Producer(LIMIT);
    late.send(LIMIT / 2);

    assertThat(late.failure()).isEqualTo(ProblemType.OVERLOADED);
    assertThat(fast).allMatch(Producer::isUnderWay);
  }

  @Test
  void aBodyThatComesInOnePieceFindsRoomBehindThoseThatDoNot() {
    producers(8).forEach(producer -> producer.send(LIMIT - 1));

    Producer small = new Producer(500);
    small.send(500);

    assertThat(small.body).isNotNull();
  }

  @Test
  void aBodyThatComesByteByByteIsOverdue() {
    List<Producer> dripping = producers(7);
    dripping.forEach(producer -> producer.send(LIMIT / 2 + 1));
    for (int i = 0; i < 6; i++) {
      time.advanceTimeBy(Duration.ofMillis(500));
      dripping.forEach(producer -> producer.send(1));
    }

    Producer fast = new Producer(LIMIT);
    fast.send(LIMIT - 1);

    assertThat(fast.isUnderWay()).isTrue();
    assertThat(dripping).anyMatch(producer -> producer.failure() == ProblemType.BODY_TIMED_OUT);
  }

  @Test
  void aSlowBodyIsLeftAloneWhileThereIsRoom() {
    Producer slow = new Producer(LIMIT);
    for (int second = 0; second < 50; second++) {
      slow.send(LIMIT / 50);
      time.advanceTimeBy(Duration.ofSeconds(1));
    }

    assertThat(slow.body).isNotNull();
    assertThat(slow.body.length()).isEqualTo(LIMIT);
  }

  @Test
  void aBodyThatHasArrivedIsNeverEnded() {
    List<Producer> whole = producers(8);
    whole.forEach(producer -> producer.send(LIMIT));
    time.advanceTimeBy(Duration.ofSeconds(10));

    Producer late = new Producer(LIMIT);
    late.send(LIMIT - 1);

    assertThat(late.failure()).isEqualTo(ProblemType.OVERLOADED);
    assertThat(whole).allMatch(producer -> producer.body != null);
    assertThat(budget.taken()).isEqualTo(CAPACITY);
  }

  @Test
  void anEndedConnectionGivesItsMemoryBack() {
    Producer gone = new Producer(LIMIT);
    gone.send(LIMIT / 2);

    gone.connection.tryEmitError(new IOException("closed")).orThrow();

    assertThat(gone.failure()).isEqualTo(ProblemType.UNREADABLE_BODY);
    assertThat(budget.taken()).isZero();
  }

  private List<Producer> producers(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Producer(LIMIT)).toList();
  }

  /** A request whose body comes as the test says. */
  private final class Producer {

    private final Sinks.Many<DataBuffer> connection = Sinks.many().unicast().onBackpressureBuffer();
    private final List<Throwable> failures = new ArrayList<>();
    private final int size;
    private int sent;
    private @Nullable Body body;

    Producer(int size) {
      this.size = size;
      MockServerHttpRequest request =
          MockServerHttpRequest.post("/").contentLength(size).body(connection.asFlux());
      Mono.using(
              budget::share,
              share -> reader.read(request, share).doOnNext(read -> body = read).then(Mono.never()))
          .subscribe(nothing -> {}, failures::add);
    }

    void send(int bytes) {
      sent += bytes;
      connection.tryEmitNext(DefaultDataBufferFactory.sharedInstance.wrap(new byte[bytes]));
      if (sent == size) {
        connection.tryEmitComplete();
      }
    }

    boolean isUnderWay() {
      return body == null && failures.isEmpty();
    }

    @Nullable ProblemType failure() {
      return failures.stream()
          .map(e -> ((ProblemException) e).problem().type())
          .findFirst()
          .orElse(null);
    }
  }
}
