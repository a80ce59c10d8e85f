package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.Seconds;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.testing.Http;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service on a real Elasticsearch. Each test has a second of its own. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnElasticsearch
abstract class RunningService {

  static final JsonMapper JSON = new JsonMapper();

  final long seed = UUID.randomUUID().getLeastSignificantBits();
  final Random random = new Random(seed);
  final Events events = new Events(seed);
  final Instant start = Seconds.next();
  final Instant end = start.plusNanos(999_999_999);

  @Autowired EventStore store;
  @LocalServerPort int port;

  void write(List<StoredEvent> written) {
    assertThat(store.write(written, RefreshPolicy.WAIT_FOR).block())
        .hasSize(written.size())
        .containsOnly(new Stored());
  }

  URI logs(String rest) {
    return URI.create("http://127.0.0.1:" + port + "/api/v1/logs" + rest);
  }

  static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("logs").forEach(event -> ids.add(event.path("id").asString()));
    return ids;
  }

  HttpResponse<String> get(URI uri) {
    return Http.get(uri);
  }
}
