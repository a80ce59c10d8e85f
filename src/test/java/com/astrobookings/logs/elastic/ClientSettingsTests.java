package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import com.astrobookings.logs.elastic.StandIn.Answer;
import com.astrobookings.logs.elastic.index.IndexKeeper;
import com.astrobookings.logs.elastic.index.MonthIndex;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchClientAutoConfiguration;
import org.springframework.boot.elasticsearch.autoconfigure.ElasticsearchRestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the client sends and how long it waits, with everything that Spring Boot sets up. */
class ClientSettingsTests {

  private final List<String> logins = new CopyOnWriteArrayList<>();
  private final StandIn standIn = new StandIn();

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  ElasticsearchRestClientAutoConfiguration.class,
                  ElasticsearchClientAutoConfiguration.class))
          .withUserConfiguration(ElasticConfiguration.class)
          .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
          .withBean(Clock.class, Clock::systemUTC)
          .withPropertyValues("spring.elasticsearch.uris=" + standIn.uri());

  @AfterEach
  void close() {
    standIn.close();
  }

  @Test
  void logsInWithTheFirstRequest() {
    assertThat(loginsWith("username=anna", "password=s3cret"))
        .containsExactly("Basic YW5uYTpzM2NyZXQ=");
  }

  @Test
  void logsInWithAnApiKey() {
    assertThat(loginsWith("api-key=abc")).containsExactly("ApiKey abc");
    assertThat(loginsWith("api-key=abc", "username=anna", "password=x"))
        .containsExactly("ApiKey abc");
  }

  @Test
  void sendsNoLoginThatIsNotSet() {
    assertThat(loginsWith()).containsExactly("");
  }

  @Test
  void sendsNothingAgainByItself() {
    List<String> paths = new CopyOnWriteArrayList<>();
    standIn.answers(request -> {
      paths.add(request.path());
      return StandIn.error(429, "es_rejected_execution_exception");
    });

    runner.run(context ->
        assertThat(
                context
                    .getBean(Rest5Client.class)
                    .performRequest(new Request("GET", "/"))
                    .getStatusCode())
            .isEqualTo(429));

    assertThat(paths).containsExactly("/");
  }

  @Test
  void doesNotWaitForEverForAnAnswer() {
    standIn.answers(request -> StandIn.SILENCE);
    runner
        .withPropertyValues(
            "spring.elasticsearch.socket-timeout=200ms", "logs.elasticsearch.read-timeout=200ms")
        .run(context ->
            assertThatThrownBy(() -> ask(context.getBean(Rest5Client.class)))
                .hasStackTraceContaining(SocketTimeoutException.class.getSimpleName()));
  }

  @ParameterizedTest
  @CsvSource({"30s, 2m, 120", "90s, 30s, 90"})
  void waitsAsLongAsAReadMayTake(String socket, String read, int seconds) {
    runner
        .withPropertyValues(
            "spring.elasticsearch.socket-timeout=" + socket,
            "logs.elasticsearch.read-timeout=" + read)
        .run(context -> {
          RequestConfig.Builder builder = RequestConfig.custom();
          context.getBean(ClientSettings.class).customize(builder);
          assertThat(builder.build().getResponseTimeout()).isEqualTo(Timeout.ofSeconds(seconds));
        });
  }

  @Test
  void opensAsManyConnectionsToANodeAsAreSet() {
    runner
        .withPropertyValues("logs.elasticsearch.connections=7")
        .run(context -> {
          PoolingAsyncClientConnectionManagerBuilder builder =
              PoolingAsyncClientConnectionManagerBuilder.create();
          context.getBean(ClientSettings.class).customize(builder);
          try (PoolingAsyncClientConnectionManager connections = builder.build()) {
            assertThat(connections.getDefaultMaxPerRoute()).isEqualTo(7);
            assertThat(connections.getMaxTotal()).isEqualTo(7);
          }
        });
  }

  @Test
  void createsMonthsWithAsManyShardsAsAreSet() {
    List<String> created = new CopyOnWriteArrayList<>();
    standIn.answers(request -> {
      if (request.path().equals("/astrobookings-events-2024.08")
          && request.method().equals("PUT")) {
        created.add(request.body());
      }
      return StandIn.prepared(request);
    });
    runner
        .withPropertyValues("logs.elasticsearch.shards=3")
        .run(context ->
            context
                .getBean(IndexKeeper.class)
                .ensure(MonthIndex.of(Instant.parse("2024-08-12T00:00:00Z")))
                .onErrorComplete()
                .block());
    assertThat(created).singleElement().asString().contains("\"number_of_shards\":\"3\"");
  }

  private List<String> loginsWith(String... properties) {
    logins.clear();
    standIn.answers(request -> {
      logins.add(request.login());
      return new Answer(200, "{}");
    });
    ApplicationContextRunner with = runner;
    for (String property : properties) {
      with = with.withPropertyValues("spring.elasticsearch." + property);
    }
    with.run(context -> ask(context.getBean(Rest5Client.class)));
    return logins;
  }

  private static void ask(Rest5Client client) throws IOException {
    client.performRequest(new Request("GET", "/"));
  }
}
