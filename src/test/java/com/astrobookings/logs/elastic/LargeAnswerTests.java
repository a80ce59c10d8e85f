package com.astrobookings.logs.elastic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.astrobookings.logs.elastic.StandIn.Answer;
import com.astrobookings.logs.elastic.StandIn.Request;
import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.memory.NoRoomException;
import com.astrobookings.logs.store.memory.ReadMemory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import tools.jackson.databind.json.JsonMapper;

/** Answers that there is no room for, whatever is in them. */
class LargeAnswerTests {

  private static final String NOTHING =
      "{\"took\":1,\"timed_out\":false,\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0},"
          + "\"hits\":{\"hits\":[]}}";

  private final StandIn standIn = new StandIn();
  private final Elastic elastic = new Elastic(standIn.uri());
  private final EventStore store = elastic.store();
  private final ReadMemory memory = new ReadMemory(ReadMemory.MIN_CAPACITY, Duration.ofMillis(100));
  private final List<Integer> sizes = new CopyOnWriteArrayList<>();

  @AfterEach
  void end() throws IOException {
    assertThat(memory.taken()).isZero();
    standIn.close();
    elastic.close();
  }

  @Test
  void isAskedForInHalvesUntilItFits() {
    standIn.answers(request -> answer(request, size(request) > 30 ? 17_000_000 : 3_000_000));
    try (ReadMemory.Share share = memory.share()) {
      assertThat(store.search(Queries.all(), Queries.page(1_000), share).block().events())
          .isEmpty();
    }
    assertThat(sizes).containsExactly(101, 51, 26);
  }

  @Test
  void endsThePageBeforeItIfThereIsOneAlready() {
    List<StoredEvent> events = new Events(3).within(Instant.parse("2024-08-11T10:00:00Z"), 101);
    standIn.answers(request -> {
      Answer large = answer(request, 17_000_000);
      return sizes.size() == 1 ? new Answer(200, found(events)) : large;
    });
    try (ReadMemory.Share share = memory.share()) {
      EventPage page = store.search(Queries.all(), Queries.page(200), share).block();
      assertThat(page.events()).isEqualTo(events.subList(0, 100));
      assertThat(page.more()).isTrue();
    }
    assertThat(sizes).containsExactly(101, 101, 51, 26, 13, 7, 4, 2);
  }

  private static String found(List<StoredEvent> events) {
    return NOTHING.replace(
        "[]",
        events.stream()
            .map(event -> new String(EventDocument.write(event), UTF_8))
            .map("{\"_index\":\"i\",\"_id\":\"x\",\"_source\":%s}"::formatted)
            .collect(Collectors.joining(",", "[", "]")));
  }

  @Test
  void isRefusedWhileAnotherReadHasThePlace() {
    standIn.answers(request -> answer(request, 3_000_000));
    try (ReadMemory.Share other = memory.share();
        ReadMemory.Share share = memory.share()) {
      other.raiseTo(ReadMemory.PLACE);
      assertThatExceptionOfType(NoRoomException.class)
          .isThrownBy(() -> store.search(Queries.all(), Queries.page(10), share).block());
      assertThatExceptionOfType(NoRoomException.class)
          .isThrownBy(() -> store.find("id", YearMonth.of(2024, 1), share).block());
      assertThat(memory.taken()).isEqualTo(ReadMemory.PLACE);

      standIn.answers(request -> answer(request, 30_000));
      assertThat(store.search(Queries.all(), Queries.page(10), share).block().events()).isEmpty();
    }
  }

  @Test
  void isGivenBackWhenNobodyWaitsForIt() {
    standIn.answers(request -> StandIn.SILENCE);
    try (ReadMemory.Share share = memory.share()) {
      Disposable read = store.search(Queries.all(), Queries.page(10), share).subscribe();
      read.dispose();
    }
    assertThat(memory.taken()).isZero();
  }

  private Answer answer(Request request, int bytes) {
    sizes.add(size(request));
    return new Answer(200, NOTHING + " ".repeat(bytes));
  }

  private static int size(Request request) {
    return request.body().isEmpty()
        ? 0
        : new JsonMapper().readTree(request.body()).path("size").asInt();
  }
}
