package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.testing.EventStream;
import com.astrobookings.logs.testing.EventStream.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tails of a real Elasticsearch. */
class TailIT extends RunningService {

  @Test
  void sendsWhatBecomesSearchable() throws IOException {
    write(some(3));
    try (EventStream tail = tail("", null)) {
      assertThat(tail.status()).isEqualTo(200);
      List<StoredEvent> written = some(20);
      write(written);

      List<Message> messages = Stream.generate(tail::next).limit(20).toList();

      assertThat(messages).extracting(Message::event).containsOnly("log");
      assertThat(messages)
          .extracting(message -> message.json().path("id").asString())
          .containsExactlyElementsOf(ids(written));
      assertThat(messages.getFirst().json())
          .isEqualTo(JSON.readTree(get(logs("/" + ids(written).getFirst())).body()));
    }
  }

  @Test
  void resumesBehindAnyMessage() throws IOException {
    List<StoredEvent> written = some(30);
    List<Message> messages;
    try (EventStream tail = tail("", null)) {
      write(written);
      messages = Stream.generate(tail::next).limit(30).toList();
    }
    for (int i : List.of(0, 7, 29)) {
      try (EventStream tail = tail("", messages.get(i).id())) {
        assertThat(tail.ids(29 - i)).isEqualTo(ids(written).subList(i + 1, 30));
        assertThat(tail.poll(Duration.ofMillis(300))).isNull();
      }
    }
  }

  @Test
  void beginsWithTheNewest() throws IOException {
    List<StoredEvent> written = some(12);
    write(written);
    List<String> chronological =
        written.stream().sorted(BY_TIME).map(stored -> stored.event().id()).toList();
    try (EventStream tail = tail("last=5&" + second(), null)) {
      assertThat(tail.ids(5)).isEqualTo(chronological.subList(7, 12));
      List<StoredEvent> more = some(2);
      write(more);
      assertThat(tail.ids(2)).isEqualTo(ids(more));
    }
  }

  private static final java.util.Comparator<StoredEvent> BY_TIME =
      java.util.Comparator.comparing((StoredEvent stored) -> stored.event().timestamp())
          .thenComparing(stored -> stored.event().id());

  private String second() {
    return "from=" + start + "&to=" + end;
  }

  private List<StoredEvent> some(int count) {
    return Stream.generate(() -> events.next(start.plusNanos(random.nextInt(1_000_000_000))))
        .limit(count)
        .toList();
  }

  private static List<String> ids(List<StoredEvent> events) {
    return events.stream().map(stored -> stored.event().id()).toList();
  }

  private EventStream tail(String parameters, String position) throws IOException {
    return EventStream.open(logs("/tail?" + parameters), position);
  }
}
