package com.astrobookings.logs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.value.EventLimits;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.TestClock;
import com.astrobookings.logs.web.UnavailabilityLog;
import com.astrobookings.logs.web.body.Bodies;
import com.astrobookings.logs.web.body.Body;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** A write is answered in time whoever is slow, and no event pays for its neighbour. */
@ExtendWith(OutputCaptureExtension.class)
class IngestServiceTests {

  private static final String EVENT = "{'type':'ERROR','errorCode':'E','errorMessage':'m'}";

  private final TestClock clock = new TestClock();
  private final InMemoryEventStore store = new InMemoryEventStore();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** What the workers have to do; they do it when the test says so. */
  private final Queue<Runnable> work = new ArrayDeque<>();

  @Test
  void aLargeBodyWhoseTurnDoesNotComeIsRefusedAndNeverStored() {
    IngestService ingest =
        ingest(IntStream.iterate(0, i -> i + 1).mapToObj(i -> "e-" + i).iterator());
    StepVerifier.withVirtualTime(
            () -> ingest.ingest(large(), BodyFormat.NDJSON, RefreshPolicy.NONE, Runnable::run))
        .expectSubscription()
        .expectNoEvent(Duration.ofMillis(3_999))
        .thenAwait(Duration.ofMillis(1))
        .verifyErrorSatisfies(failure ->
            assertThat(failure)
                .isInstanceOfSatisfying(
                    ProblemException.class,
                    refused ->
                        assertThat(refused.problem().type()).isEqualTo(ProblemType.OVERLOADED)));

    work.forEach(Runnable::run);
    assertThat(store.events()).isEmpty();
    assertThat(registry.get(IngestMetrics.RECEIVED).counter().count()).isZero();
  }

  @Test
  void theStoreHasWhatTheOthersLeave() {
    IngestService ingest =
        ingest(IntStream.iterate(0, i -> i + 1).mapToObj(i -> "e-" + i).iterator());
    Mono<IngestResponse> receipt =
        ingest.ingest(large(), BodyFormat.NDJSON, RefreshPolicy.NONE, Runnable::run).cache();
    receipt.subscribe();
    clock.pass(Duration.ofMillis(2_500));
    work.forEach(Runnable::run);

    assertThat(receipt.block().counts()).containsOnlyKeys(ItemStatus.STORED);
    assertThat(store.within()).isEqualTo(Duration.ofMillis(5_500));
  }

  @Test
  void theStoreHasAllOfItsTimeForSmallBodies() {
    IngestService ingest = ingest(List.of("e").iterator());

    assertThat(take(ingest, EVENT)).containsExactly(ItemStatus.STORED);
    assertThat(store.within()).isEqualTo(EventStore.WRITE_TIMEOUT);
  }

  @Test
  void aClockThatIsSetGivesNobodyMoreTimeNorLessThanNone() {
    for (Duration jump : List.of(Duration.ofHours(-1), Duration.ofHours(1))) {
      IngestService ingest = ingest(jumping(jump));

      assertThat(
              ingest
                  .ingest(body(EVENT), BodyFormat.JSON, RefreshPolicy.WAIT_FOR, Runnable::run)
                  .block()
                  .counts())
          .containsOnlyKeys(ItemStatus.STORED);
      assertThat(store.within())
          .isEqualTo(jump.isNegative() ? EventStore.WRITE_TIMEOUT : Duration.ZERO);
    }
  }

  @Test
  void anEventThatBringsADefectToLightIsRefusedAlone(CapturedOutput output) {
    String secret = "{'type':'AUTH','email':'ada@example.org','ipAddress':'::1','result':'FAIL'}";
    for (BodyFormat format : BodyFormat.values()) {
      IngestService ingest = ingest(failing("a" + format, null, "c" + format, "d" + format));
      List<String> events = List.of(EVENT, secret, "{'labels':{", EVENT, EVENT);
      List<String> whole = events.stream().filter(event -> !event.endsWith("{")).toList();

      assertThat(
              switch (format) {
                case JSON ->
                    take(ingest, format, "[" + String.join(",", whole) + "]").stream()
                        .map(IngestItem::status)
                        .toList();
                case NDJSON ->
                    take(ingest, format, String.join("\n", events)).stream()
                        .map(IngestItem::status)
                        .filter(status -> status != ItemStatus.INVALID)
                        .toList();
              })
          .containsExactly(
              ItemStatus.STORED, ItemStatus.REFUSED, ItemStatus.STORED, ItemStatus.STORED);
    }
    assertThat(store.events()).hasSize(6);
    assertThat(
            registry
                .get(IngestMetrics.ITEMS)
                .tags("status", "refused", "reason", "defect")
                .counter())
        .satisfies(counter -> assertThat(counter.count()).isEqualTo(2));
    assertThat(output)
        .contains("java.lang.IllegalStateException", "EventDecoder.event")
        .doesNotContain("ada@example.org");
  }

  @Test
  void aSingleEventThatBringsADefectToLightIsToBeKept() {
    IngestService ingest = ingest(failing((String) null));

    assertThat(take(ingest, BodyFormat.JSON, EVENT))
        .singleElement()
        .satisfies(item -> assertThat(item.message()).contains("defect", "Keep it"));
  }

  private static List<ItemStatus> take(IngestService ingest, String body) {
    return take(ingest, BodyFormat.JSON, body).stream().map(IngestItem::status).toList();
  }

  private static List<IngestItem> take(IngestService ingest, BodyFormat format, String body) {
    return ingest.ingest(body(body), format, RefreshPolicy.NONE, Runnable::run).block().items();
  }

  private static Body large() {
    return body((EVENT + "\n").repeat(2_000));
  }

  private static Body body(String text) {
    return Bodies.of(text.replace('\'', '"').getBytes(UTF_8));
  }

  /** Ids, with a defect in place of each null. */
  private static Iterator<String> failing(String... ids) {
    return Stream.of(ids)
        .map(id -> {
          if (id == null) {
            throw new IllegalStateException("no id for ada@example.org");
          }
          return id;
        })
        .iterator();
  }

  private Iterator<String> jumping(Duration jump) {
    return Stream.generate(
            () -> {
              clock.pass(jump);
              return "e" + jump;
            })
        .iterator();
  }

  private IngestService ingest(Iterator<String> ids) {
    return new IngestService(
        new EventBatchDecoder(
            new EventLimits(1_000, 500, 500, Period.ofYears(10), Duration.ofHours(1)),
            ids::next,
            10_000),
        Schedulers.fromExecutor(work::add),
        store,
        clock,
        new IngestMetrics(registry),
        new UnavailabilityLog("Events", clock),
        null);
  }
}
