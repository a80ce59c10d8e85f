package com.astrobookings.logs.web.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class BodyReaderTests {

  private static final int LIMIT = 100_000;

  private final MemoryBudget budget = new MemoryBudget(3 * LIMIT);
  private final MemoryBudget.Share share = budget.share();
  private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
  private final BodyReader reader =
      new BodyReader(LIMIT, Duration.ofSeconds(60), Schedulers.immediate(), time);
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
    for (int size : new int[] {5_000, 50_000}) {
      StepVerifier.create(reader.read(post().contentLength(size).body(pieces(size, 999)), share))
          .assertNext(body -> assertThat(body.bytes()).hasSize(size))
          .verifyComplete();
    }
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
  void refusesABodyThatTheMemoryHasNoRoomFor() {
    try (MemoryBudget.Share others = budget.share()) {
      others.raiseTo(3 * LIMIT - 10, 0);

      assertProblem(post().contentLength(11).body(pieces(11, 11)), ProblemType.OVERLOADED);
    }
  }

  @Test
  void stopsReadingWhenTheMemoryIsUsedUp() {
    try (MemoryBudget.Share others = budget.share()) {
      others.raiseTo(3 * LIMIT - 20_000, 0);

      assertProblem(post().body(pieces(LIMIT, 1_000)), ProblemType.OVERLOADED);
    }
    assertThat(read).hasValueLessThan(20_000);
  }

  @Test
  void givesUpOnABodyThatDoesNotArrive() {
    StepVerifier.create(reader.read(post().body(pieces(10, 1).concatWith(Flux.never())), share))
        .then(() -> time.advanceTimeBy(Duration.ofSeconds(60)))
        .expectNoEvent(Duration.ofMillis(1))
        .then(() -> time.advanceTimeBy(Duration.ofMillis(300)))
        .verifyErrorSatisfies(e -> assertType(e, ProblemType.BODY_TIMED_OUT));
  }

  @Test
  void decompressesABodyAndGivesBackTheMemoryOfTheCompressedOne() {
    byte[] file = gzip("x".repeat(LIMIT));

    StepVerifier.create(
            reader.read(
                post()
                    .header("Content-Encoding", "gzip")
                    .body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(file))),
                share))
        .assertNext(body -> assertThat(body.length()).isEqualTo(LIMIT))
        .verifyComplete();
    assertThat(budget.taken()).isEqualTo(LIMIT);
  }

  @Test
  void stopsDecompressingAtTheLimit() {
    byte[] file = gzip("x".repeat(100 * LIMIT));

    assertProblem(
        post()
            .header("Content-Encoding", "gzip")
            .body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(file))),
        ProblemType.TOO_LARGE);
    assertThat(budget.taken()).isLessThan(2 * LIMIT);
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

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
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
