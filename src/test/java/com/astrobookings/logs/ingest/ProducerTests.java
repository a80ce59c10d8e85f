package com.astrobookings.logs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.astrobookings.logs.store.InMemoryEventStore;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@IngestServer
class ProducerTests {

  private static final String JSON = "application/json";

  private final List<String> failures = new ArrayList<>();

  @LocalServerPort private int port;
  @Autowired private InMemoryEventStore store;
  private Producer producer;

  @BeforeEach
  void connect() {
    producer = new Producer(URI.create("http://localhost:" + port), "", this::failed);
  }

  @AfterEach
  void empty() {
    store.comeBack();
    store.clear();
  }

  @Test
  void storesEveryEventOfManyBatches() throws Exception {
    producer.send(IntStream.range(0, 2_500).mapToObj(i -> event()).toList());

    assertThat(store.events()).hasSize(2_500);
    assertThat(failures).isEmpty();
  }

  @Test
  void handsOverWhatCannotBeStored() throws Exception {
    ObjectNode keyed = event().put("id", "a").put("timestamp", "2024-08-11T00:00:00Z");
    producer.send(List.of(keyed));

    producer.send(
        List.of(
            event(),
            event().put("errorCode", 5),
            keyed.deepCopy().put("errorMessage", "changed"),
            keyed));

    assertThat(failures).containsExactly("invalid /errorCode", "conflict ");
    assertThat(store.events()).hasSize(2);
  }

  @Test
  void sendsAgainWhatWasRefusedAndStoresItOnce() throws Exception {
    store.beOverloaded("full");
    try (ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor()) {
      Future<?> back = later.schedule(store::comeBack, 500, TimeUnit.MILLISECONDS);

      producer.send(List.of(event(), event()));

      assertThat(back).isDone();
    }

    assertThat(store.events()).hasSize(2);
    assertThat(failures).isEmpty();
  }

  @Test
  void splitsABatchThatIsTooLarge() throws Exception {
    String trace = "x".repeat(60_000);

    producer.send(IntStream.range(0, 400).mapToObj(i -> event().put("stackTrace", trace)).toList());

    assertThat(store.events()).hasSize(400);
    assertThat(failures).isEmpty();
  }

  @Test
  void storesOnceWhatItSendsAgainAfterALostAnswer() throws Exception {
    ObjectNode event = event();

    producer.send(List.of(event));
    producer.send(List.of(event));

    assertThat(store.events()).hasSize(1);
    assertThat(failures).isEmpty();
  }

  @Test
  void outlastsAProxyThatSpeaksNoJsonAndSendsItsKey() throws Exception {
    List<String> keys = new CopyOnWriteArrayList<>();
    HttpServer proxy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    proxy.createContext(
        "/",
        exchange -> {
          keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
          boolean away = keys.size() == 1;
          byte[] answer = (away ? "<h1>Bad Gateway</h1>" : "{\"items\":[]}").getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", away ? "text/html" : JSON);
          exchange.sendResponseHeaders(away ? 502 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    proxy.start();
    URI address = URI.create("http://localhost:" + proxy.getAddress().getPort());

    new Producer(address, "alk_1", this::failed).send(List.of(event()));

    proxy.stop(0);
    assertThat(keys).containsExactly("Bearer alk_1", "Bearer alk_1");
  }

  @Test
  void saysWhenTheServiceDoesNotUnderstandIt() {
    Producer lost = new Producer(URI.create("http://localhost:" + port), "", this::failed);
    ObjectNode many = event().put("errorMessage", "x".repeat(11_000_000));

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> lost.send(List.of(many)))
        .withMessageContaining("more than 10,485,760 bytes");
  }

  private void failed(ObjectNode event, JsonNode item) {
    failures.add(item.path("status").asString() + " " + item.at("/errors/0/pointer").asString(""));
  }

  private static ObjectNode event() {
    return new JsonMapper()
        .createObjectNode()
        .put("type", "ERROR")
        .put("errorCode", "E")
        .put("errorMessage", "m");
  }
}
