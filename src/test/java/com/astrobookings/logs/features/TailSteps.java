package com.astrobookings.logs.features;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.testing.EventStream;
import com.astrobookings.logs.testing.EventStream.Message;
import com.astrobookings.logs.testing.Http;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What an operator sees who follows the logs. */
public class TailSteps {

  @LocalServerPort private int port;

  private final List<String> seen = new ArrayList<>();
  private String parameters;
  private String position;
  private EventStream stream;

  @Given("an operator follows the errors of {string}, beginning with the newest {int}")
  public void follows(String day, int last) throws IOException {
    String encoded = URLEncoder.encode(day, UTF_8);
    parameters = "type=ERROR&from=%s&to=%s&last=%d".formatted(encoded, encoded, last);
    connects();
    see(last);
  }

  @When("the core API reports these errors")
  public void reports(List<Map<String, String>> rows) {
    for (Map<String, String> row : rows) {
      HttpResponse<String> written =
          Http.post(
              service("/api/v1/logs"),
              "application/json",
              """
              {"type":"ERROR","id":"%s","timestamp":"%s","errorCode":"E","errorMessage":"m"}\
              """
                  .formatted(row.get("id"), row.get("timestamp")));
      assertThat(written.statusCode()).as(written.body()).isEqualTo(201);
    }
  }

  @When("the operator's connection breaks")
  public void connectionBreaks() {
    stream.close();
  }

  @When("the operator connects again")
  public void connects() throws IOException {
    stream = EventStream.open(service("/api/v1/logs/tail?" + parameters), position);
    assertThat(stream.status()).isEqualTo(200);
  }

  @Then("the operator has seen in this order")
  public void hasSeen(DataTable ids) {
    see(ids.row(0).size() - seen.size());
    assertThat(seen).isEqualTo(ids.row(0));
  }

  private void see(int count) {
    for (int i = 0; i < count; i++) {
      Message message = stream.next();
      position = message.id();
      seen.add(message.json().path("id").asString());
    }
  }

  @After
  public void leaves() {
    if (stream != null) {
      stream.close();
    }
  }

  private URI service(String path) {
    return URI.create("http://127.0.0.1:" + port).resolve(path);
  }
}
