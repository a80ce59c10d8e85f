package com.astrobookings.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.paging.Service;
import com.astrobookings.logs.testing.Http;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An event that is sent more than once is stored once, whoever sends it and whenever. */
class SameEventIT {

  private static TestNode node;
  private static ConfigurableApplicationContext service;

  @BeforeAll
  static void start() {
    node = TestNode.start("same-event");
    startService();
  }

  @AfterAll
  static void stop() {
    service.close();
    node.close();
  }

  @Test
  void isStoredOnceWhenSentBy64AtTheSameTime() {
    String event = auth("at-once", "2024-08-11T09:30:00Z", "192.0.2.7");

    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 64).mapToObj(i -> Http.sendAsync(request(event))).toList();

    assertThat(answers.stream().map(CompletableFuture::join).map(SameEventIT::status))
        .containsOnly("stored", "duplicate")
        .containsOnlyOnce("stored");
  }

  @Test
  void isStoredOnceWhenServiceAndElasticsearchHaveBeenStartedAgain() throws Exception {
    String event = auth("restarted", "2024-08-11T09:30:00Z", "192.0.2.7");
    assertThat(send(event)).isEqualTo("stored");

    service.close();
    node.kill();
    node.restart();
    startService();

    assertThat(send(event)).isEqualTo("duplicate");
    assertThat(send(auth("restarted", "2024-08-11T09:30:00Z", "192.0.2.8"))).isEqualTo("conflict");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-08-11T09:30:00.5Z, 2024-08-11T11:30:00.500+02:00, 192.0.2.7, ::ffff:192.0.2.7",
    "2024-08-11T09:30:00Z, 2024-08-11 09:30:00, 2001:db8::1, 2001:DB8:0:0:0:0:0:1",
    "2024-08-11T09:30:00Z, 2024-08-11T09:30Z, 192.0.2.7, ::FFFF:C000:0207",
    "2024-08-31T23:30:00Z, 2024-09-01T01:30:00+02:00, ::1, 0:0:0:0:0:0:0:1",
  })
  void isTheSameInEverySpelling(String time, String sameTime, String address, String sameAddress)
      throws Exception {
    String id = "spelled-" + Integer.toHexString((time + sameTime + address).hashCode());
    assertThat(send(auth(id, time, address))).isEqualTo("stored");

    assertThat(send(auth(id, sameTime, sameAddress))).isEqualTo("duplicate");
  }

  @ParameterizedTest
  @CsvSource({"150000, 93.25", "1.5e5, 9.325e1", "150000.0, 93.250", "15E+4, 0.09325E3"})
  void isTheSameWithEverySpellingOfItsNumbers(String records, String seconds) throws Exception {
    assertThat(send(reconcile(records, seconds))).isIn("stored", "duplicate");

    assertThat(send(reconcile("150000", "93.25"))).isEqualTo("duplicate");
  }

  @Test
  void isAnotherInAnotherMonth() throws Exception {
    assertThat(send(auth("months", "2024-08-31T23:59:59.999999999Z", "192.0.2.7")))
        .isEqualTo("stored");
    assertThat(send(auth("months", "2024-09-01T00:00:00Z", "192.0.2.7"))).isEqualTo("stored");
  }

  @Test
  void isCountedOnceInABatchThatRepeatsIt() throws Exception {
    String event = auth("batch", "2024-08-11T09:30:00Z", "192.0.2.7");
    String other = auth("batch", "2024-08-11T09:30:00Z", "192.0.2.8");

    HttpResponse<String> answer = Http.send(request("[%s,%s,%s]".formatted(event, event, other)));

    assertThat(answer.statusCode()).isEqualTo(207);
    assertThat(Http.json(answer).get("items").valueStream())
        .extracting(item -> item.get("status").asString())
        .containsExactly("stored", "duplicate", "conflict");
  }

  private static void startService() {
    service =
        new SpringApplicationBuilder(LogsApplication.class)
            .initializers(Service::keepThreadsApart)
            .run("--server.port=0", "--spring.elasticsearch.uris=" + node.uri());
  }

  private static String auth(String id, String timestamp, String address) {
    return """
    {"type":"AUTH","id":"%s","timestamp":"%s","userId":"u","ipAddress":"%s","result":"FAIL"}\
    """
        .formatted(id, timestamp, address);
  }

  private static String reconcile(String records, String seconds) {
    return """
    {"type":"RECONCILE","id":"numbers","timestamp":"2024-08-12T03:00:00Z","process":"p",
     "recordsProcessed":%s,"discrepanciesFound":0,"timeTakenSeconds":%s}\
    """
        .formatted(records, seconds);
  }

  private static String send(String event) throws Exception {
    return status(Http.send(request(event)));
  }

  private static HttpRequest.Builder request(String body) {
    String port = service.getEnvironment().getRequiredProperty("local.server.port");
    URI logs = URI.create("http://127.0.0.1:" + port + "/api/v1/logs");
    return Http.posting(logs, "application/json", body);
  }

  private static String status(HttpResponse<String> answer) {
    return Http.json(answer).at("/items/0/status").asString();
  }
}
