package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.local.TestElasticsearch;
import com.astrobookings.logs.testing.EventStream;
import com.astrobookings.logs.testing.EventStream.Message;
import com.astrobookings.logs.testing.Http;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tails of a real Elasticsearch. */
class TailIT extends RunningService {

  private static final Comparator<StoredEvent> CHRONOLOGICAL =
      Comparator.comparing((StoredEvent stored) -> stored.event().timestamp())
          .thenComparing(stored -> stored.event().id());

  /** In which no other test writes. */
  private static final Instant OWN_MONTH = Instant.parse("2019-03-05T00:00:00Z");

  private static final String OWN_INDEX = "/astrobookings-events-2019.03";

  @Test
  void sendsWhatBecomesSearchable() throws IOException {
    write(some(3));
    try (EventStream tail = tail(second(), null)) {
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
    try (EventStream tail = tail(second(), null)) {
      write(written);
      messages = Stream.generate(tail::next).limit(30).toList();
    }
    for (int i : List.of(0, 7, 29)) {
      try (EventStream tail = tail(second(), messages.get(i).id())) {
        assertThat(tail.ids(29 - i)).isEqualTo(ids(written).subList(i + 1, 30));
        assertThat(tail.poll(Duration.ofMillis(700))).isNull();
      }
    }
  }

  @Test
  void beginsWithTheNewestAndResumesAmongThem() throws IOException {
    List<StoredEvent> written = some(130);
    write(written);
    List<String> newest = ids(written.stream().sorted(CHRONOLOGICAL).toList()).subList(10, 130);
    List<Message> messages;
    List<StoredEvent> more = some(5);
    try (EventStream tail = tail(second() + "&last=120", null)) {
      messages = Stream.generate(tail::next).limit(120).toList();
      assertThat(messages)
          .extracting(message -> message.json().path("id").asString())
          .isEqualTo(newest);
      write(more);
      assertThat(tail.ids(5)).isEqualTo(ids(more));
    }
    for (int i : List.of(0, 60, 118, 119)) {
      try (EventStream tail = tail(second() + "&last=120", messages.get(i).id())) {
        assertThat(tail.ids(119 - i)).isEqualTo(newest.subList(i + 1, 120));
        assertThat(tail.ids(5)).isEqualTo(ids(more));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type=AUTH",
        "type=ERROR&type=NOTIFY&outcome=FAIL",
        "q=event.code : ERROR or event.outcome : failure",
        "q=launch",
        "q=not service.name : *",
        "ipAddress=10.0.0.0/8"
      })
  void selectsWhatAListSelects(String parameter) throws IOException {
    String parameters = second() + "&" + encoded(parameter);
    List<StoredEvent> written = some(300);
    try (EventStream tail = tail(parameters, null);
        EventStream all = tail(second(), null)) {
      write(written);
      List<String> listed = ids(JSON.readTree(get(logs("?limit=1000&" + parameters)).body()));
      assertThat(tail.ids(listed.size())).containsExactlyInAnyOrderElementsOf(listed);
      assertThat(all.ids(300)).isEqualTo(ids(written));
      assertThat(tail.poll(Duration.ofMillis(700))).isNull();
    }
    try (EventStream tail = tail(parameters + "&last=1000", null)) {
      List<String> listed = ids(JSON.readTree(get(logs("?limit=1000&" + parameters)).body()));
      assertThat(tail.ids(listed.size())).isEqualTo(listed);
    }
  }

  private static String encoded(String parameter) {
    int q = parameter.indexOf("q=");
    return q < 0
        ? parameter
        : "q=" + URLEncoder.encode(parameter.substring(2), StandardCharsets.UTF_8);
  }

  @Test
  void endsWhereItsMonthIsDroppedOrCreatedAnew() throws Exception {
    delete();
    String position;
    try (EventStream tail = tail("from=2019-03-01&to=2019-03-31", null)) {
      write(List.of(events.next(OWN_MONTH)));
      position = tail.next().id();
      delete();
      StoredEvent other = events.next(Instant.parse("2019-03-06T00:00:00Z"));
      write(List.of(events.next(start)));
      try (EventStream resumed = tail("", position)) {
        assertThat(resumed.status()).isEqualTo(200);
      }
      write(List.of(other));
      Message message = tail.next();
      // A poll may have seen the month missing, or only that it has begun anew.
      assertThat(message.event().equals("problem") || message.data().contains(other.event().id()))
          .as(message.data())
          .isTrue();
    }
    try (EventStream resumed = tail("", position)) {
      assertThat(resumed.status()).isEqualTo(410);
    }
    delete();
  }

  private void delete() {
    Http.send(HttpRequest.newBuilder(elasticsearch(OWN_INDEX)).DELETE());
  }

  private static URI elasticsearch(String path) {
    return TestElasticsearch.uri().resolve(path);
  }

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

  private EventStream tail(String parameters, @Nullable String position) throws IOException {
    return EventStream.open(logs("/tail?" + parameters), position);
  }
}
