package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.query.tail.Tails;
import com.astrobookings.logs.security.SecuredServer;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.tail.InMemoryEventTail;
import com.astrobookings.logs.store.tail.PositionGoneException;
import com.astrobookings.logs.testing.EventStream;
import com.astrobookings.logs.testing.EventStream.Message;
import com.astrobookings.logs.testing.Http;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tails over HTTP, of a store in memory. */
@SpringBootTest(
    classes = SecuredServer.Rooms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoint.health.validate-group-membership=false",
      "logs.tail.max-open=6"
    })
class TailTests {

  private static final String SHUTS_DOWN = "The service shuts down.";

  private final Events events = new Events(11);
  private final List<EventStream> streams = new ArrayList<>();

  @Autowired private InMemoryEventTail tail;
  @Autowired private Tails tails;
  @Autowired private MeterRegistry registry;
  @LocalServerPort private int port;

  @AfterEach
  void close() {
    streams.forEach(EventStream::close);
    tail.refuse(null);
    await().until(() -> tail.open() == 0 && tail.pending() == 0);
    await().until(() -> gauge("logs.tail.open") == 0);
  }

  @Test
  void sendsEventsWithTheirPositions() throws Exception {
    EventStream stream = open("", null);
    StoredEvent first = append();
    StoredEvent second = append();

    Message message = stream.next();

    assertThat(stream.status()).isEqualTo(200);
    assertThat(stream.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
    assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
    assertThat(stream.comments()).containsExactly("tail");
    assertThat(message.event()).isEqualTo("log");
    assertThat(message.json().path("id").asString()).isEqualTo(first.event().id());
    assertThat(open("", message.id()).next().json().path("id").asString())
        .isEqualTo(second.event().id());
    assertThat(open("?lastEventId=" + message.id(), null).next().json().path("id").asString())
        .isEqualTo(second.event().id());
  }

  @Test
  void prefersTheHeaderToTheParameter() throws Exception {
    EventStream stream = open("", null);
    append();
    append();
    StoredEvent third = append();
    String first = stream.next().id();
    String second = stream.next().id();

    EventStream resumed = open("?last=10&lastEventId=" + first, second);

    assertThat(resumed.next().json().path("id").asString()).isEqualTo(third.event().id());
  }

  @Test
  void givesAPositionBeforeTheFirstEvent() throws Exception {
    EventStream stream = open("", null);
    await().until(() -> !stream.lastEventId().isEmpty());
    StoredEvent event = append();

    assertThat(open("", stream.lastEventId()).next().json().path("id").asString())
        .isEqualTo(event.event().id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "last=1001        | last          | must be an integer from 0 to 1000",
        "last=-1          | last          | must be an integer from 0 to 1000",
        "order=desc       | order         | must be asc or absent: a tail has the order of arrival",
        "lastEventId=x    | lastEventId   | is not a position of this service",
        "q=nosuchfield: x | q             | nosuchfield",
        "limit=1          | limit         | is not a parameter here"
      })
  void refusesWhatATailCannotHave(String parameter, String name, String message) {
    HttpResponse<String> refused = get(parameter.replace(" ", "%20"));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Http.json(refused).at("/errors/0/parameter").asString()).isEqualTo(name);
    assertThat(Http.json(refused).at("/errors/0/message").asString()).contains(message);
  }

  @Test
  void refusesAForeignPosition() throws Exception {
    EventStream refused = open("", "MTIz");

    assertThat(refused.status()).isEqualTo(400);
  }

  @Test
  void refusesAPositionThatIsGone() throws Exception {
    assertThat(open("", InMemoryEventTail.position(false, 3).encode()).status()).isEqualTo(410);
  }

  @Test
  void refusesAQueryThatTheStoreCannotEvaluate() {
    tail.refuse("is more than the event store can evaluate; ask for less");

    assertThat(get("q=a").statusCode()).isEqualTo(400);
    assertThat(get("q=a").body()).contains("more than the event store can evaluate");
  }

  @Test
  void offersEventStreamsOnly() {
    HttpResponse<String> refused =
        Http.send(HttpRequest.newBuilder(uri("")).header("Accept", "application/json"));

    assertThat(refused.statusCode()).isEqualTo(406);
    assertThat(refused.body()).contains("text/event-stream");
  }

  /** One caller gets half of six. */
  @Test
  void refusesMoreThanItsShareOfOneCaller() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(open("", null).status()).isEqualTo(200);
    }
    EventStream refused = open("", null);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    streams.removeFirst().close();
    await().until(() -> tail.open() == 2);
    await().untilAsserted(() -> assertThat(open("", null).status()).isEqualTo(200));
  }

  @ParameterizedTest
  @CsvSource({"position-gone,410", "unavailable,503", "internal-error,500"})
  void endsWithAProblem(String type, int status) throws Exception {
    EventStream stream = open("", null);
    await().until(() -> tail.open() == 1);

    tail.fail(failure(type));

    Message problem = stream.next();
    assertThat(problem.event()).isEqualTo("problem");
    assertThat(problem.json().path("type").asString()).endsWith(":" + type);
    assertThat(problem.json().path("status").asInt()).isEqualTo(status);
    assertThat(problem.json().path("traceId").asString()).isEqualTo(stream.header("X-Trace-Id"));
    await().until(stream::isEnded);
  }

  private static Throwable failure(String type) {
    return switch (type) {
      case "position-gone" -> new PositionGoneException("The events of 2024-08 were dropped.");
      case "unavailable" -> new StoreUnavailableException("down", null);
      default -> new IllegalStateException("a defect");
    };
  }

  @Test
  void endsBeforeTheServerStops() throws Exception {
    EventStream stream = open("", null);
    append();
    stream.next();

    tails.stop();
    try {
      Message problem = stream.next();
      assertThat(problem.event()).isEqualTo("problem");
      assertThat(problem.json().path("detail").asString()).startsWith(SHUTS_DOWN);
      await().until(stream::isEnded);
      assertThat(open("", null).next().json().path("detail").asString()).startsWith(SHUTS_DOWN);
    } finally {
      tails.start();
    }
  }

  @Test
  void countsAsARequestWhenItBegins() throws Exception {
    long before = requests();
    open("", null);

    await().until(() -> requests() == before + 1);
    append();
    await().until(() -> registry.get("logs.tail.events").counter().count() >= 1);
    streams.removeFirst().close();
    await().until(() -> tail.open() == 0);
    assertThat(requests()).isEqualTo(before + 1);
  }

  private long requests() {
    return registry.find("http.server.requests").tag("uri", "/api/v1/logs/tail").timers().stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  private StoredEvent append() {
    StoredEvent event = events.next(Instant.parse("2024-08-11T09:30:00Z"));
    tail.append(event);
    return event;
  }

  private HttpResponse<String> get(String parameters) {
    return Http.get(uri("?" + parameters));
  }

  private EventStream open(String parameters, @Nullable String position) throws Exception {
    EventStream stream = EventStream.open(uri(parameters), position);
    streams.add(stream);
    return stream;
  }

  private URI uri(String parameters) {
    return URI.create("http://127.0.0.1:" + port + "/api/v1/logs/tail" + parameters);
  }
}
