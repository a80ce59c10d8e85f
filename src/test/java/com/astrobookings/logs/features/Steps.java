package com.astrobookings.logs.features;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.local.TestElasticsearch;
import com.astrobookings.logs.testing.Http;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What the scenarios do and see; a new instance for each of them. */
public class Steps {

  /** No other test writes to it, so these may delete it. */
  private static final String MONTH = "astrobookings-events-2022.08";

  private static final String OTHER_MONTH = "astrobookings-events-2017.03";

  private static final Instant ONE_SECOND = Instant.parse("2022-08-11T12:00:00Z");

  @LocalServerPort private int port;

  private HttpResponse<String> written;
  private final List<JsonNode> listed = new ArrayList<>();

  @Given("no event of August 2022 is stored")
  public void nothingIsStored() {
    HttpRequest.Builder deletion = HttpRequest.newBuilder(elasticsearch(MONTH)).DELETE();
    assertThat(Http.send(deletion).statusCode()).isIn(200, 404);
  }

  @Given("the core API has reported errors, in this order of arrival")
  public void errorsAreReported(List<Map<String, String>> rows) {
    rows.forEach(row -> reportError(row.get("id"), row.get("timestamp")));
  }

  @Given("the core API has reported {int} errors within one second of 2022-08-11")
  public void manyErrorsAreReported(int count) {
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      Instant timestamp = ONE_SECOND.plusMillis(random.nextInt(20) * 50L);
      reportError("many-" + random.nextInt(1_000_000) + "-" + i, timestamp.toString());
    }
  }

  @Given("the core API has reported one event of each type and a failed attempt")
  public void oneOfEachTypeIsReported() {
    String when = "\"timestamp\":\"2022-08-11T12:00:00Z\",";
    String attempt = when + "\"type\":\"AUTH\",\"userId\":\"u\",\"ipAddress\":\"192.0.2.1\",";
    report("{" + attempt + "\"id\":\"auth-1\",\"result\":\"SUCCESS\"}");
    report("{" + attempt + "\"id\":\"auth-2\",\"result\":\"FAIL\"}");
    reportError("error-1", "2022-08-11T12:00:00Z");
    report(
        "{"
            + when
            + "\"id\":\"r-1\",\"type\":\"RECONCILE\",\"process\":\"p\",\"recordsProcessed\":1,"
            + "\"discrepanciesFound\":0,\"timeTakenSeconds\":1}");
    report(
        "{"
            + when
            + "\"id\":\"n-1\",\"type\":\"NOTIFY\",\"jobId\":\"j\",\"notificationType\":\"t\","
            + "\"recipient\":\"r\",\"status\":\"FAIL\"}");
  }

  @When("the core API reports")
  public void eventIsReported(String json) {
    report(json);
  }

  @Then("it is stored and can be read back at once")
  public void isReadBack() {
    String location = written.headers().firstValue("Location").orElseThrow();
    HttpResponse<String> read = Http.get(service("/api/v1/logs").resolve(location));

    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(Http.json(read).get("id")).isEqualTo(item().get("id"));
    assertThat(Http.json(read).get("timestamp")).isEqualTo(item().get("timestamp"));
  }

  @Given("Elasticsearch takes no events of March 2017")
  public void takesNone() {
    Http.send(HttpRequest.newBuilder(elasticsearch(OTHER_MONTH)).DELETE());
    reportError("before-1", "2017-03-01T09:00:00Z");
    block("true");
  }

  @When("the core API reports while Elasticsearch takes none")
  public void isReportedMeanwhile(String json) {
    written = Http.post(service("/api/v1/logs"), "application/json", json);
  }

  @Then("it is kept on the disk of the service")
  public void isSpooled() {
    assertThat(written.statusCode()).as(written.body()).isEqualTo(202);
    assertThat(item().get("status").asString()).isEqualTo("spooled");
  }

  @Then("a list of logs says that events wait")
  public void listTellsDepth() {
    HttpResponse<String> list = Http.get(service("/api/v1/logs?limit=1"));
    assertThat(list.headers().firstValue("X-Spool-Depth")).contains("1");
  }

  @When("Elasticsearch takes events of March 2017 again")
  public void takesEventsAgain() {
    block("null");
  }

  @Then("the event {string} is stored without help")
  public void isStoredLater(String id) {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> Http.get(service("/api/v1/logs/" + id)).statusCode() == 200);
  }

  private static void block(String value) {
    HttpRequest.Builder settings =
        HttpRequest.newBuilder(elasticsearch(OTHER_MONTH + "/_settings"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString("{\"index.blocks.write\":" + value + "}"));
    assertThat(Http.send(settings).statusCode()).isEqualTo(200);
  }

  @Then("its document holds")
  public void documentHolds(List<Map<String, String>> rows) {
    JsonNode document =
        Http.json(Http.get(elasticsearch(MONTH + "/_doc/" + item().get("id").asString())))
            .get("_source");
    JsonNode mapping =
        Http.json(Http.get(elasticsearch(MONTH + "/_mapping"))).at("/" + MONTH + "/mappings");
    for (Map<String, String> row : rows) {
      String path = row.get("field").replace(".", "/properties/");
      assertThat(mapping.at("/properties/" + path + "/type").asString())
          .as("type of %s", row.get("field"))
          .isEqualTo(row.get("type"));
      assertThat(document.at("/" + row.get("field").replace('.', '/')).asString())
          .as(row.get("field"))
          .isEqualTo(row.get("value").translateEscapes());
    }
  }

  @When("an operator asks for the logs from {string} to {string}")
  public void logsOfPeriod(String from, String to) {
    list("from=" + encoded(from) + "&to=" + encoded(to));
  }

  @When("an operator asks for the logs from {string} to {string} in pages of {int}")
  public void pagesOfPeriod(String from, String to, int limit) {
    list("from=" + encoded(from) + "&to=" + encoded(to) + "&limit=" + limit);
  }

  @When("an operator asks for the logs of type {string}")
  public void logsOfType(String type) {
    list("type=" + encoded(type) + "&from=2022-08-11&to=2022-08-11");
  }

  @Then("the answer lists in this order")
  public void listsInOrder(DataTable ids) {
    assertThat(listed)
        .extracting(event -> event.get("id").asString())
        .containsExactlyElementsOf(ids.row(0));
  }

  @Then("the pages together list each of them once, in chronological order")
  public void listsEachOnce() {
    assertThat(listed).hasSize(250).extracting(event -> event.get("id")).doesNotHaveDuplicates();
    assertThat(listed)
        .extracting(event -> Instant.parse(event.get("timestamp").asString()))
        .isSorted();
  }

  @Then("only authentication attempts are listed, {int} that succeeded and {int} that failed")
  public void listsAttempts(int succeeded, int failed) {
    assertThat(listed).extracting(event -> event.get("type").asString()).containsOnly("AUTH");
    assertThat(listed).filteredOn(event -> hasResult(event, "SUCCESS")).hasSize(succeeded);
    assertThat(listed).filteredOn(event -> hasResult(event, "FAIL")).hasSize(failed);
  }

  private static boolean hasResult(JsonNode event, String result) {
    return event.get("result").asString().equals(result);
  }

  private void reportError(String id, String timestamp) {
    report(
        "{\"type\":\"ERROR\",\"id\":\"%s\",\"timestamp\":\"%s\",\"errorCode\":\"E\",\"errorMessage\":\"m\"}"
            .formatted(id, timestamp));
  }

  private void report(String json) {
    written = Http.post(service("/api/v1/logs"), "application/json", json);
    assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
  }

  private JsonNode item() {
    return Http.json(written).at("/items/0");
  }

  /** Follows {@code next} to the end. Searches see what was written after a refresh. */
  private void list(String query) {
    Http.post(elasticsearch("astrobookings-events-*/_refresh"), "application/json", "");
    String cursor = "";
    do {
      HttpResponse<String> page = Http.get(service("/api/v1/logs?" + query + cursor));
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      Http.json(page).get("logs").forEach(listed::add);
      JsonNode next = Http.json(page).get("next");
      cursor = next == null ? "" : "&cursor=" + encoded(next.asString());
    } while (!cursor.isEmpty());
  }

  private URI service(String path) {
    return URI.create("http://127.0.0.1:" + port).resolve(path);
  }

  private static URI elasticsearch(String path) {
    return URI.create(TestElasticsearch.uri() + "/").resolve(path);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8);
  }
}
