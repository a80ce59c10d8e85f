package com.astrobookings.logs.elastic;

import static com.astrobookings.logs.elastic.StandIn.HANG_UP;
import static com.astrobookings.logs.elastic.StandIn.SILENCE;
import static com.astrobookings.logs.elastic.StandIn.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.astrobookings.logs.elastic.StandIn.Answer;
import com.astrobookings.logs.elastic.StandIn.Request;
import com.astrobookings.logs.elastic.index.IndexSchema;
import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import com.astrobookings.logs.store.memory.Memories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of events and questions when Elasticsearch as a whole does not do its work. */
class FailingElasticsearchTests {

  private static final Duration LIMIT = Duration.ofSeconds(1);

  private static final Instant IN_AUGUST = Instant.parse("2024-08-11T10:00:00Z");

  private static StandIn standIn;
  private static Elastic elastic;

  private final Events events = new Events(11);
  private final StoredEvent event = events.next(IN_AUGUST);

  @BeforeAll
  static void start() {
    standIn = new StandIn();
    elastic = new Elastic(standIn.uri());
  }

  @AfterAll
  static void end() throws IOException {
    standIn.close();
    elastic.close();
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of("no credentials", error(401, "security_exception"), false),
        Arguments.of("no permission", error(403, "security_exception"), false),
        Arguments.of("no route", error(404, "unknown_path_exception"), false),
        Arguments.of("a bug", error(500, "null_pointer_exception"), false),
        Arguments.of("no master", error(503, "cluster_block_exception"), false),
        Arguments.of("too much to do", error(429, "es_rejected_execution_exception"), true),
        Arguments.of("a proxy's page", new Answer(502, "<html>Bad Gateway</html>"), false),
        Arguments.of("a proxy's limit", new Answer(429, ""), true),
        Arguments.of("something else", new Answer(200, "{\"hello\":\"world\"}"), false),
        Arguments.of("half of an answer", new Answer(200, "{\"took\":1,\"items\":["), false),
        Arguments.of("one event too large", new Answer(413, ""), false),
        Arguments.of("silence", SILENCE, false),
        Arguments.of("a closed connection", HANG_UP, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void leavesEventsToBeWrittenAgain(String name, Answer answer, boolean overloaded) {
    for (Function<Request, Answer> script :
        List.<Function<Request, Answer>>of(
            request -> request.isBulk() ? answer : StandIn.prepared(request), request -> answer)) {
      standIn.answers(script);
      assertThat(write(event))
          .singleElement()
          .isInstanceOfSatisfying(
              Unavailable.class, outcome -> assertThat(outcome.overloaded()).isEqualTo(overloaded));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void failsReadsAndSaysWhetherTheyTookTooLong(String name, Answer answer, boolean overloaded) {
    standIn.answers(request -> answer);
    StoreUnavailableException failure =
        catchThrowableOfType(
            StoreUnavailableException.class,
            () -> store().search(Queries.all(), Queries.page(10), Memories.share()).block());
    assertThat(failure.timedOut()).isEqualTo(answer.equals(SILENCE));
    assertThat(failure.getMessage()).isNotBlank();
  }

  @Test
  void answersForHealthyMonthsWhenAnotherIsSilent() {
    StoredEvent other = events.next(Instant.parse("2024-09-11T10:00:00Z"));
    standIn.answers(request -> request.path().contains("2024.09") ? SILENCE : takesAll(request));
    List<WriteOutcome> outcomes = write(other, event);
    assertThat(outcomes.getFirst()).isInstanceOf(Unavailable.class);
    assertThat(outcomes.getLast()).isEqualTo(new Stored());
  }

  @Test
  void knowsAnEventOfItsOwnWhenTheConnectionWasLost() {
    assertThat(writeLosingTheConnectionOnce(event)).containsExactly(new Stored());
  }

  @Test
  void knowsAnEventOfAnotherWhenTheConnectionWasLost() {
    StoredEvent earlier = new StoredEvent(event.event(), event.receivedAt().minusSeconds(60));
    assertThat(writeLosingTheConnectionOnce(earlier)).containsExactly(new Duplicate());
  }

  private List<WriteOutcome> writeLosingTheConnectionOnce(StoredEvent held) {
    AtomicInteger bulks = new AtomicInteger();
    standIn.answers(request -> {
      if (request.isBulk()) {
        return bulks.getAndIncrement() == 0 ? HANG_UP : conflict();
      }
      return request.path().endsWith("/_mget") ? holding(held) : StandIn.prepared(request);
    });
    return write(event);
  }

  @Test
  void asksAgainWhenTheConnectionWasLost() {
    AtomicInteger questions = new AtomicInteger();
    standIn.answers(request -> questions.getAndIncrement() == 0 ? HANG_UP : searched(false, 0));
    assertThat(search().events()).isEmpty();
    assertThat(questions).hasValue(2);
  }

  @Test
  void searchesAgainWhenShardsHaveStarted() {
    List<String> requests = new CopyOnWriteArrayList<>();
    standIn.answers(request -> {
      requests.add(request.path());
      boolean first = requests.size() == 1;
      return first ? error(503, "search_phase_execution_exception") : searched(false, 0);
    });
    assertThat(search().events()).isEmpty();
    assertThat(requests)
        .satisfiesExactly(
            search -> assertThat(search).endsWith("/_search"),
            health -> assertThat(health).startsWith("/_cluster/health/"),
            again -> assertThat(again).endsWith("/_search"));
  }

  @Test
  void searchesThreeTimesAtMost() {
    AtomicInteger searches = new AtomicInteger();
    standIn.answers(request -> {
      if (request.isSearch()) {
        searches.incrementAndGet();
      }
      return error(503, "search_phase_execution_exception");
    });
    assertThatThrownBy(FailingElasticsearchTests::search)
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(searches).hasValue(3);
  }

  @Test
  void takesNoAnswerOfAPartOfTheShards() {
    standIn.answers(request -> searched(false, 1));
    assertThatThrownBy(FailingElasticsearchTests::search)
        .isInstanceOfSatisfying(
            StoreUnavailableException.class, failure -> assertThat(failure.timedOut()).isFalse());
  }

  @Test
  void takesNoAnswerOfShardsThatRanOutOfTime() {
    standIn.answers(request -> searched(true, 0));
    assertThatThrownBy(FailingElasticsearchTests::search)
        .isInstanceOfSatisfying(
            StoreUnavailableException.class, failure -> assertThat(failure.timedOut()).isTrue());
  }

  private static Answer searched(boolean timedOut, int failed) {
    return new Answer(
        200,
        "{\"took\":1,\"timed_out\":%s,\"_shards\":{\"total\":2,\"successful\":%d,\"failed\":%d},"
                .formatted(timedOut, 2 - failed, failed)
            + "\"hits\":{\"hits\":[]}}");
  }

  private static EventPage search() {
    return Objects.requireNonNull(
        store().search(Queries.all(), Queries.page(10), Memories.share()).block());
  }

  @Test
  void halvesWhatIsTooLarge() {
    List<StoredEvent> many =
        IntStream.range(0, 20).mapToObj(i -> events.next(IN_AUGUST.plusSeconds(i))).toList();
    List<Long> taken = new CopyOnWriteArrayList<>();
    standIn.answers(request -> {
      if (request.isBulk() && request.items() > 6) {
        return new Answer(413, "");
      }
      if (request.isBulk()) {
        taken.add(request.items());
      }
      return takesAll(request);
    });
    assertThat(write(many.toArray(StoredEvent[]::new))).hasSize(20).containsOnly(new Stored());
    assertThat(taken).containsExactly(5L, 5L, 5L, 5L);
  }

  private static Answer takesAll(Request request) {
    if (!request.isBulk()) {
      return StandIn.prepared(request);
    }
    String item = "{\"create\":{\"_index\":\"i\",\"_id\":\"x\",\"status\":201}}";
    return bulk(
        Stream.generate(() -> item).limit(request.items()).collect(Collectors.joining(",")));
  }

  private static Answer conflict() {
    return bulk(
        "{\"create\":{\"_index\":\"i\",\"_id\":\"x\",\"status\":409,\"error\":"
            + "{\"type\":\"version_conflict_engine_exception\",\"reason\":\"it is there\"}}}");
  }

  private static Answer bulk(String items) {
    return new Answer(200, "{\"took\":1,\"errors\":true,\"items\":[" + items + "]}");
  }

  private static Answer holding(StoredEvent held) {
    String source = new String(EventDocument.write(held), StandardCharsets.UTF_8);
    return new Answer(
        200,
        "{\"docs\":[{\"_index\":\"i\",\"_id\":\"x\",\"found\":true,\"_source\":" + source + "}]}");
  }

  private static List<WriteOutcome> write(StoredEvent... written) {
    return Objects.requireNonNull(
        store().write(List.of(written), RefreshPolicy.NONE, LIMIT).block(LIMIT.multipliedBy(2)));
  }

  private static EventStore store() {
    return elastic.store(IndexSchema.declared(), LIMIT);
  }
}
