package com.astrobookings.logs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.memory.Memories;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The example of a producer, and what it relies on, against a real Elasticsearch. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnElasticsearch
class ProducerIT {

  private static final Instant START = Instant.parse("2018-05-01T00:00:00Z");
  private static final int EVENTS = 2_500;

  private final String run = UUID.randomUUID().toString();

  @LocalServerPort private int port;
  @Autowired private EventStore store;

  @Test
  void storesEveryEventOnceHoweverOftenItIsSent() throws Exception {
    List<String> failures = new ArrayList<>();
    Producer producer =
        new Producer(
            URI.create("http://localhost:" + port),
            "",
            (event, item) -> failures.add(item.toString()));
    List<ObjectNode> events = IntStream.range(0, EVENTS).mapToObj(this::event).toList();

    producer.send(events);
    producer.send(events);

    assertThat(failures).isEmpty();
    assertThat(visible()).isEqualTo(EVENTS + 1);
  }

  /** How many events of the run searches see, once they see the last one. */
  private long visible() {
    ObjectNode last = event(EVENTS - 1).put("id", run + "-last");
    HttpResponse<String> answer =
        new Producing(port)
            .post("application/json", "", last.toString().getBytes(UTF_8), "?refresh=wait_for");
    assertThat(answer.statusCode()).isEqualTo(201);
    EventQuery query = new EventQuery(START, START.plusSeconds(EVENTS), Set.of(), Order.ASC);
    return store
        .search(query, new PageRequest(1, null, run, TotalMode.EXACT), Memories.share())
        .block()
        .total()
        .value();
  }

  private ObjectNode event(int number) {
    return new JsonMapper()
        .createObjectNode()
        .put("type", "ERROR")
        .put("id", run + "-" + number)
        .put("timestamp", START.plusSeconds(number).toString())
        .put("errorCode", "E")
        .put("errorMessage", "m");
  }
}
