package com.astrobookings.logs.web.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class BodyReaderTests {

  private static final int LIMIT = 100_000;

  private final MemoryBudget budget = new MemoryBudget(3 * LIMIT);
  private final MemoryBudget.Share share = budget.share();
  private final BodyReader reader = new BodyReader(LIMIT, Duration.ofSeconds(60));
  private final AtomicLong read = new AtomicLong();

  @AfterEach
  void nothingStaysTaken() {
    share.close();
    assertThat(budget.taken()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, LIMIT})
  void readsABodyOfAnySizeUpToTheLimit(int size) {
    StepVerifier.create(reader.read(post().body(pieces(size, 999)), share))
        .assertNext(body -> assertThat(body.length()).isEqualTo(size))
        .verifyComplete();
  }

  @Test
  void readsABodyOfDeclaredSizeIntoAnArrayOfThatSize() {
    StepVerifier.create(reader.read(post().contentLength(5_000).body(pieces(5_000, 999)), share))
        .assertNext(body -> assertThat(body.bytes()).hasSize(5_000))
        .verifyComplete();
  }

  @Test
  void stopsReadingJustBehindTheLimit() {
    assertProblem(post().body(pieces(100 * LIMIT, 1_000)), ProblemType.TOO_LARGE);
    assertThat(read).hasValueLessThanOrEqualTo(LIMIT + 1_000);
  }

  @Test
  void doesNotReadABodyThatDeclaresTooMuch() {
    assertProblem(
        post().contentLength(LIMIT + 1).body(pieces(LIMIT + 1, 1_000)), ProblemType.TOO_LARGE);
    assertThat(read).hasValue(0);
  }

  @Test
  void doesNotReadABodyThatTheMemoryHasNoRoomFor() {
    try (MemoryBudget.Share others = budget.share()) {
      others.raiseTo(3 * LIMIT - 10);

      assertProblem(post().contentLength(11).body(pieces(11, 11)), ProblemType.OVERLOADED);
    }
    assertThat(read).hasValue(0);
  }

  @Test
  void stopsReadingWhenTheMemoryIsUsedUp() {
    try (MemoryBudget.Share others = budget.share()) {
      others.raiseTo(3 * LIMIT - 20_000);

      assertProblem(post().body(pieces(LIMIT, 1_000)), ProblemType.OVERLOADED);
    }
    assertThat(read).hasValueLessThan(20_000);
  }

  @Test
  void givesUpOnABodyThatDoesNotArrive() {
    StepVerifier.withVirtualTime(
            () -> reader.read(post().body(pieces(10, 1).concatWith(Flux.never())), share))
        .expectSubscription()
        .expectNoEvent(Duration.ofSeconds(59))
        .thenAwait(Duration.ofSeconds(2))
        .verifyErrorSatisfies(e -> assertType(e, ProblemType.BODY_TIMED_OUT));
  }

  @ParameterizedTest
  @CsvSource({"br", "deflate", "'gzip, gzip'", "'gzip, br'", "zstd", "*", "gzip;q=1"})
  void doesNotReadABodyInAnotherCoding(String coding) {
    assertProblem(
        post().header("Content-Encoding", coding).body(pieces(10, 1)),
        ProblemType.UNSUPPORTED_MEDIA_TYPE);
    assertThat(read).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "", "Identity, identity"})
  void readsABodyThatIsNotCoded(String coding) {
    StepVerifier.create(
            reader.read(post().header("Content-Encoding", coding).body(pieces(10, 1)), share))
        .assertNext(body -> assertThat(body.length()).isEqualTo(10))
        .verifyComplete();
  }

  private void assertProblem(MockServerHttpRequest request, ProblemType type) {
    StepVerifier.create(reader.read(request, share)).verifyErrorSatisfies(e -> assertType(e, type));
  }

  private static void assertType(Throwable failure, ProblemType type) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
  }

  private static MockServerHttpRequest.BodyBuilder post() {
    return MockServerHttpRequest.post("/");
  }

  private Flux<DataBuffer> pieces(int size, int piece) {
    return Flux.range(0, (size + piece - 1) / piece)
        .map(i -> "x".repeat(Math.min(piece, size - i * piece)).getBytes(UTF_8))
        .doOnNext(bytes -> read.addAndGet(bytes.length))
        .map(DefaultDataBufferFactory.sharedInstance::wrap);
  }
}
