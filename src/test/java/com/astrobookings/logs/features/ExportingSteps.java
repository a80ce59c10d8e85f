package com.astrobookings.logs.features;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.TestElasticsearch;
import com.astrobookings.logs.testing.ChunkedResponse;
import com.astrobookings.logs.testing.Http;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the scenarios about exports and contexts do and see; a new instance for each of them. */
public class ExportingSteps {

  private static final String TRACE =
      "java.lang.IllegalStateException: closed\n\tat a.B.c(B.java:1)";

  @LocalServerPort private int port;

  private String period = "";
  private String body = "";
  private Map<String, String> headers = Map.of();
  private Map<String, String> trailers = Map.of();
  private JsonNode context;

  @Given("the core API has reported an error with the message {string} and a stack trace")
  public void errorIsReported(String message) {
    String event =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "type", "ERROR",
                    "timestamp", "2022-08-11T12:00:00Z",
                    "errorCode", "E",
                    "errorMessage", message,
                    "stackTrace", TRACE));
    HttpResponse<String> written = Http.post(service("/api/v1/logs"), "application/json", event);
    assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
  }

  @When("an operator exports the logs from {string} to {string}")
  public void exportOfPeriod(String from, String to) throws IOException {
    period = "from=%s&to=%s".formatted(from, to);
    export(period);
  }

  @When("an operator exports the errors of {string} as a table of {string}")
  public void exportAsTable(String day, String columns) throws IOException {
    export("type=ERROR&from=%s&to=%s&format=csv&columns=%s".formatted(day, day, columns));
  }

  @Then("the export has the same {int} events in the same order as the pages")
  public void hasTheEventsOfThePages(int count) {
    List<JsonNode> exported = body.lines().map(JsonMapper.shared()::readTree).toList();
    JsonNode page = Http.json(Http.get(service("/api/v1/logs?limit=1000&" + period)));
    assertThat(exported).hasSize(count).isEqualTo(page.path("logs").valueStream().toList());
  }

  @Then("it announces {int} events and confirms them at its end")
  public void confirms(int count) {
    assertThat(headers).containsEntry("X-Export-Total", String.valueOf(count));
    assertThat(trailers)
        .containsEntry("X-Export-Count", String.valueOf(count))
        .containsKey("X-Export-Sha256");
  }

  @Then("the table has 1 row, with {string} and the whole stack trace in one cell")
  public void hasOneRow(String message) {
    assertThat(body)
        .isEqualTo("errorMessage,stackTrace\r\n\"%s\",\"%s\"\r\n".formatted(message, TRACE));
  }

  @When("an operator asks what happened around the event {string}, {int} before and {int} after")
  public void around(String id, int before, int after) {
    refresh();
    String query = "/context?before=%d&after=%d&from=2022-08-01".formatted(before, after);
    HttpResponse<String> answer = Http.get(service("/api/v1/logs/" + id + query));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    context = Http.json(answer);
  }

  @Then("they see {string}, {string} and {string}, with the event marked")
  public void sees(String before, String event, String after) {
    List<String> ids =
        context.path("logs").valueStream().map(each -> each.path("id").asString()).toList();
    assertThat(ids).containsExactly(before, event, after);
    assertThat(ids.get(context.path("index").asInt())).isEqualTo(event);
  }

  private void export(String query) throws IOException {
    refresh();
    try (ChunkedResponse export =
        ChunkedResponse.get(service("/api/v1/logs/export?" + query), "")) {
      headers = export.headers();
      body = new String(export.readAllBytes(), UTF_8);
      trailers = export.trailers();
    }
  }

  private static void refresh() {
    URI refresh = URI.create(TestElasticsearch.uri() + "/astrobookings-events-*/_refresh");
    Http.post(refresh, "application/json", "");
  }

  private URI service(String path) {
    return URI.create("http://127.0.0.1:" + port).resolve(path);
  }
}
