package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.elastic.StandIn.Answer;
import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Conflict;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events of one request with the same id, by what becomes of the first of them. */
class RepeatedIdsTests {

  private final StandIn standIn = new StandIn();
  private final Elastic elastic = new Elastic(standIn.uri());
  private final Events events = new Events(12);
  private final AtomicInteger bulks = new AtomicInteger();
  private final StoredEvent first = events.next(Instant.parse("2024-08-11T10:00:00Z"));
  private final StoredEvent same =
      new StoredEvent(first.event(), first.receivedAt().plusSeconds(1));
  private final StoredEvent other = events.otherThan(first);

  @AfterEach
  void close() throws IOException {
    standIn.close();
    elastic.close();
  }

  @Test
  void areComparedWithTheFirstThatWasStored() {
    answers(item(201, ""));

    assertThat(write(first, same, other))
        .containsExactly(new Stored(), new Duplicate(), new Conflict());
    assertThat(bulks).hasValue(1);
  }

  @Test
  void areComparedWithTheEarlierCopyThatTheFirstMet() {
    answers(item(409, "version_conflict_engine_exception"));

    assertThat(write(other, first, other, same))
        .containsExactly(new Conflict(), new Duplicate(), new Conflict(), new Duplicate());
    assertThat(bulks).hasValue(1);
  }

  @Test
  void areUnavailableLikeTheFirst() {
    answers(item(403, "cluster_block_exception"));

    assertThat(write(first, same, other)).hasSize(3).hasOnlyElementsOfType(Unavailable.class);
    assertThat(bulks).hasValue(1);
  }

  @Test
  void areTriedThemselvesWhereTheFirstIsRejected() {
    answers(item(400, "document_parsing_exception"), item(201, ""));

    Rejected rejected = new Rejected("The event cannot be stored.");
    assertThat(write(first, same, other, other))
        .containsExactly(rejected, rejected, new Stored(), new Duplicate());
    assertThat(bulks).hasValue(2);
  }

  /** Holds {@link #first} and answers each bulk request with the next item. */
  private void answers(String... items) {
    String source = new String(EventDocument.write(first), StandardCharsets.UTF_8);
    String document = "{\"_index\":\"i\",\"_id\":\"x\",\"found\":true,\"_source\":" + source + "}";
    standIn.answers(request -> {
      if (request.isBulk()) {
        String item = items[bulks.getAndIncrement()];
        return new Answer(200, "{\"errors\":true,\"items\":[" + item + "]}");
      }
      return request.path().endsWith("/_mget")
          ? new Answer(200, "{\"docs\":[" + document + "]}")
          : StandIn.prepared(request);
    });
  }

  private static String item(int status, String error) {
    String why = error.isEmpty() ? "" : ",\"error\":{\"type\":\"%s\"}".formatted(error);
    return "{\"create\":{\"_index\":\"i\",\"status\":" + status + why + "}}";
  }

  private List<WriteOutcome> write(StoredEvent... written) {
    return Objects.requireNonNull(
        elastic.store().write(List.of(written), RefreshPolicy.NONE).block(Duration.ofSeconds(10)));
  }
}
