package com.astrobookings.logs.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.testing.EventStream;
import com.astrobookings.logs.testing.EventStream.Message;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Each shard has sequence numbers of its own. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "logs.elasticsearch.shards=3")
@OnElasticsearch
class SeveralShardsIT {

  private static final Instant START = Instant.parse("2018-11-20T00:00:00Z");
  private static final String OF_THAT_MONTH = "from=2018-11-01&to=2018-11-30";
  private static final Random RANDOM = new Random(3);

  private final Events events = new Events(RANDOM.nextLong());

  @Autowired private EventStore store;
  @LocalServerPort private int port;

  @Test
  void areResumedBehindAnyMessage() throws Exception {
    List<StoredEvent> written = some(200);
    List<Message> messages;
    try (EventStream tail = tail(OF_THAT_MONTH, null)) {
      write(written.subList(0, 50));
      write(written.subList(50, 200));
      messages = Stream.generate(tail::next).limit(200).toList();
    }
    List<String> received = ids(messages);
    assertThat(received).containsExactlyInAnyOrderElementsOf(idsOf(written));
    for (int i = 0; i < 200; i += 1 + RANDOM.nextInt(20)) {
      try (EventStream tail = tail(OF_THAT_MONTH, messages.get(i).id())) {
        List<String> rest = new ArrayList<>(tail.ids(199 - i));
        assertThat(rest).containsExactlyInAnyOrderElementsOf(received.subList(i + 1, 200));
        assertThat(Collections.disjoint(rest, received.subList(0, i + 1))).isTrue();
      }
    }
  }

  @Test
  void beginWithTheNewest() throws Exception {
    String day = "from=2018-11-25&to=2018-11-25";
    Instant start = Instant.parse("2018-11-25T00:00:00Z");
    List<StoredEvent> written =
        Stream.generate(() -> events.next(start.plusSeconds(RANDOM.nextInt(50))))
            .limit(80)
            .toList();
    write(written);
    List<String> chronological =
        idsOf(
            written.stream()
                .sorted(
                    Comparator.comparing((StoredEvent it) -> it.event().timestamp())
                        .thenComparing(it -> it.event().id()))
                .toList());
    try (EventStream tail = tail(day + "&last=70", null)) {
      assertThat(tail.ids(70)).isEqualTo(chronological.subList(10, 80));
    }
  }

  private List<StoredEvent> some(int count) {
    return Stream.generate(() -> events.next(START.plusSeconds(RANDOM.nextInt(86_400))))
        .limit(count)
        .toList();
  }

  private void write(List<StoredEvent> written) {
    assertThat(store.write(written, RefreshPolicy.NONE).block()).containsOnly(new Stored());
  }

  private static List<String> idsOf(List<StoredEvent> events) {
    return events.stream().map(stored -> stored.event().id()).toList();
  }

  private static List<String> ids(List<Message> messages) {
    return messages.stream().map(message -> message.json().path("id").asString()).toList();
  }

  private EventStream tail(String parameters, String position) throws Exception {
    return EventStream.open(
        URI.create("http://127.0.0.1:" + port + "/api/v1/logs/tail?" + parameters), position);
  }
}
