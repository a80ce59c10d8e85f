package com.astrobookings.logs.elastic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import com.astrobookings.logs.elastic.wire.RequestTimers;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.search.MeterNotFoundException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the timers say of requests that end in every way, to a stand-in that answers so. */
class TimedTransportTests {

  private static final String COUNT =
      "{\"count\":1,\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0}}";

  private static final String ERROR =
      "{\"error\":{\"type\":\"some_exception\",\"reason\":\"a reason\"},\"status\":";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile int status;
  private HttpServer server;
  private TimedTransport transport;
  private ElasticsearchAsyncClient client;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = (status == 200 ? COUNT : ERROR + status + "}").getBytes(UTF_8);
          if (status == 0) {
            try {
              end.await();
            } catch (InterruptedException over) {
              Thread.currentThread().interrupt();
            }
          }
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    transport = transport(server.getAddress().getPort());
    client = new ElasticsearchAsyncClient(transport);
  }

  private TimedTransport transport(int port) {
    return new TimedTransport(
        new Rest5ClientTransport(
            Rest5Client.builder(new HttpHost("http", "127.0.0.1", port)).build(),
            ElasticConfiguration.elasticsearchJson()),
        new RequestTimers(registry));
  }

  @AfterEach
  void stop() throws Exception {
    end.countDown();
    server.stop(0);
    transport.close();
  }

  @ParameterizedTest
  @CsvSource({"200, success", "400, client_error", "429, client_error", "503, server_error"})
  void nameTheOutcomeByTheAnswer(int answered, String outcome) {
    status = answered;

    assertThat(client.count()).satisfies(TimedTransportTests::ends);

    await()
        .ignoreException(MeterNotFoundException.class)
        .untilAsserted(() -> assertThat(timer(outcome).count()).isEqualTo(1));
    assertThat(timer(outcome).totalTime(TimeUnit.NANOSECONDS)).isPositive();
  }

  @Test
  void knowWhenNobodyAnswers() throws Exception {
    try (TimedTransport nowhere = transport(1)) {
      assertThat(new ElasticsearchAsyncClient(nowhere).count())
          .satisfies(TimedTransportTests::ends);
    }
    await()
        .ignoreException(MeterNotFoundException.class)
        .untilAsserted(() -> assertThat(timer("unreachable").count()).isEqualTo(1));
  }

  @Test
  void knowWhenNobodyWaitedForTheAnswer() {
    status = 0;
    CompletableFuture<?> request = client.count();
    request.cancel(true);

    assertThat(timer("cancelled").count()).isEqualTo(1);
  }

  private static void ends(CompletableFuture<?> request) {
    assertThat(request.handle((answer, failure) -> true)).succeedsWithin(Duration.ofSeconds(10));
  }

  private Timer timer(String outcome) {
    return registry.get(RequestTimers.TIMER).tags("operation", "count", "outcome", outcome).timer();
  }
}
