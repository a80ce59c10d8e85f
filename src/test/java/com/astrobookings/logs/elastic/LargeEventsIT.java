package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.memory.Memories;
import com.astrobookings.logs.store.memory.ReadMemory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events that are small enough each and too large together; the node takes 1 MiB at once. */
class LargeEventsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SIZE = 60_000;
  private static final int MEGABYTE = 1024 * 1024;

  private final Elastic elastic = OwnNode.wiped();
  private final EventStore store = elastic.store();

  private final List<StoredEvent> large =
      IntStream.range(0, 150).mapToObj(LargeEventsIT::event).toList();

  @AfterEach
  void close() throws IOException {
    elastic.close();
  }

  @Test
  void areWrittenInSmallerParts() {
    assertThat(store.write(large, RefreshPolicy.NONE).block(PATIENCE))
        .hasSize(large.size())
        .containsOnly(new Stored());
    assertThat(store.write(large, RefreshPolicy.WAIT_FOR).block(PATIENCE))
        .hasSize(large.size())
        .containsOnly(new Duplicate());
  }

  @Test
  void areReadInShorterPagesThatHoldNoMoreThanTheySay() {
    assertThat(store.write(large, RefreshPolicy.WAIT_FOR).block(PATIENCE))
        .containsOnly(new Stored());
    ReadMemory memory = Memories.large();
    try (ReadMemory.Share share = memory.share()) {
      EventPage page = store.search(Queries.all(), Queries.page(200), share).block(PATIENCE);
      assertThat(page.more()).isTrue();
      assertThat(page.events()).hasSizeBetween(100, large.size() - 1);
      assertThat(page.events()).isEqualTo(large.subList(0, page.events().size()));
      assertThat(memory.taken()).isBetween(2L * 8 * MEGABYTE, 2L * 9 * MEGABYTE);
    }
    assertThat(memory.taken()).isZero();
  }

  private static StoredEvent event(int number) {
    Instant timestamp = Instant.parse("2021-03-04T05:06:07Z").plusSeconds(number);
    Envelope envelope = new Envelope("large-" + number, timestamp, null, null, Map.of());
    return new StoredEvent(
        new ErrorEvent(envelope, "E1", "too much", "at x ".repeat(SIZE / 5)), timestamp);
  }
}
