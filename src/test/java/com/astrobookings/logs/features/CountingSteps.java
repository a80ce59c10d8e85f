package com.astrobookings.logs.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.TestElasticsearch;
import com.astrobookings.logs.testing.Http;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What the scenarios about counts do and see; a new instance for each of them. */
public class CountingSteps {

  @LocalServerPort private int port;

  private JsonNode stats;

  @Given("the core API has reported these stack traces at 2022-08-11")
  public void tracesAreReported(List<Map<String, String>> rows) {
    for (Map<String, String> row : rows) {
      String event =
          """
          {"type":"ERROR","timestamp":"2022-08-11T12:00:00Z","source":"%s","errorCode":"B-1",
           "errorMessage":"closed","stackTrace":"%s"}
          """
              .formatted(row.get("source"), row.get("trace").replace("\\\\", "\\"));
      HttpResponse<String> written = Http.post(service("/api/v1/logs"), "application/json", event);
      assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
    }
  }

  @When("an operator counts the errors of {string} to {string} by {string}")
  public void countByTime(String from, String to, String interval) {
    count("type=ERROR&from=%s&to=%s&interval=%s".formatted(from, to, interval));
  }

  @When("an operator counts the errors of {string} by group")
  public void countByGroup(String day) {
    count("type=ERROR&from=%s&to=%s&by=errorGroup".formatted(day, day));
  }

  @Then("the counts of the hours are {int}, {int} and {int}")
  public void hours(int first, int second, int third) {
    assertThat(stats.path("buckets"))
        .extracting(bucket -> bucket.path("count").asInt())
        .containsExactly(first, second, third);
    assertThat(stats.path("total").asInt()).isEqualTo(first + second + third);
  }

  @Then("there are {int} groups, of {int} errors and of {int}")
  public void groups(int groups, int first, int second) {
    assertThat(stats.path("values"))
        .hasSize(groups)
        .extracting(group -> group.path("count").asInt())
        .containsExactly(first, second);
  }

  @Then("the larger group names the exception {string} and the sources {string} and {string}")
  public void namesItsOrigin(String exception, String first, String second) {
    JsonNode group = stats.path("values").path(0);
    assertThat(group.path("exception").asString()).isEqualTo(exception);
    assertThat(group.path("sources")).extracting(JsonNode::asString).containsExactly(first, second);
    assertThat(group.path("sample").path("errorMessage").asString()).isEqualTo("closed");
  }

  private void count(String query) {
    Http.post(
        URI.create(TestElasticsearch.uri() + "/").resolve("astrobookings-events-*/_refresh"),
        "application/json",
        "");
    HttpResponse<String> answer = Http.get(service("/api/v1/logs/stats?" + query));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    stats = Http.json(answer);
  }

  private URI service(String path) {
    return URI.create("http://127.0.0.1:" + port).resolve(path);
  }
}
