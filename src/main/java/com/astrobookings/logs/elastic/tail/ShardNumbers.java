package com.astrobookings.logs.elastic.tail;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.LowLevelClient;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.tail.TailPosition.Month;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks Elasticsearch for the sequence numbers of the months' shards, and has them refreshed. */
final class ShardNumbers {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final JsonMapper JSON = new JsonMapper();

  /** Elasticsearch reads a request line of 4 KiB. */
  private static final int MAX_NAMES = 50;

  private static final String STATS =
      "/"
          + MonthIndex.ALL
          + "/_stats/flush?level=shards&filter_path=indices.*.shards.*.routing"
          + ",indices.*.shards.*.seq_no,indices.*.shards.*.commit.user_data.history_uuid";

  private static final String METADATA =
      "/_cluster/state/metadata,blocks/"
          + MonthIndex.ALL
          + "?expand_wildcards=open,closed&master_timeout=5s&filter_path=blocks.global"
          + ",metadata.indices.*.settings.index.number_of_shards";

  private final LowLevelClient client;

  ShardNumbers(LowLevelClient client) {
    this.client = client;
  }

  /**
   * What the primaries of a month say.
   *
   * @param checkpoints the month at the global checkpoints of its shards
   * @param max the largest sequence number of each shard
   */
  record Primaries(Month checkpoints, List<Long> max) {}

  /**
   * Reads the global checkpoints of the months whose shards 0 to n all have an active primary. A
   * month of which more shards exist may be among them; {@link #shards} tells.
   */
  Mono<SortedMap<YearMonth, Primaries>> primaries() {
    return send("indices.stats", new Request("GET", STATS), ShardNumbers::primaries);
  }

  /** Reads how many shards each month has, whether they are available or not. */
  Mono<Map<YearMonth, Integer>> shards() {
    return send("cluster.state", new Request("GET", METADATA), ShardNumbers::shards);
  }

  /** Makes searchable what the months have taken. Fails if a copy of a shard was not refreshed. */
  Mono<Void> refresh(Collection<YearMonth> months) {
    String names =
        months.size() > MAX_NAMES
            ? MonthIndex.ALL
            : months.stream()
                .map(month -> new MonthIndex(month).name())
                .collect(Collectors.joining(","));
    return send(
            "indices.refresh",
            new Request("POST", "/" + names + "/_refresh"),
            ShardNumbers::checkRefreshed)
        .then();
  }

  private <T> Mono<T> send(String operation, Request request, Function<JsonNode, T> reader) {
    return Requests.repeatable(client.send(operation, () -> request))
        .timeout(REQUEST_TIMEOUT)
        .map(response -> reader.apply(json(response)));
  }

  private static JsonNode json(Response response) {
    try (InputStream body = response.getEntity().getContent()) {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SortedMap<YearMonth, Primaries> primaries(JsonNode answer) {
    SortedMap<YearMonth, Primaries> months = new TreeMap<>();
    for (var index : answer.path("indices").properties()) {
      MonthIndex.named(index.getKey())
          .ifPresent(month -> {
            Primaries found = primaries(month.month(), index.getValue().path("shards"));
            if (!found.max().isEmpty()) {
              months.put(month.month(), found);
            }
          });
    }
    return months;
  }

  private static Primaries primaries(YearMonth month, JsonNode shards) {
    CRC32 history = new CRC32();
    List<Long> checkpoints = new ArrayList<>();
    List<Long> max = new ArrayList<>();
    for (int shard = 0; shards.has(Integer.toString(shard)); shard++) {
      for (JsonNode copy : shards.path(Integer.toString(shard))) {
        if (isActivePrimary(copy.path("routing")) && max.size() == shard) {
          checkpoints.add(copy.at("/seq_no/global_checkpoint").asLong());
          max.add(copy.at("/seq_no/max_seq_no").asLong());
          String id = copy.at("/commit/user_data/history_uuid").asString();
          history.update(id.getBytes(StandardCharsets.UTF_8));
        }
      }
      if (max.size() == shard) {
        return new Primaries(new Month(month, 0, List.of()), List.of());
      }
    }
    return new Primaries(new Month(month, (int) history.getValue(), checkpoints), max);
  }

  private static boolean isActivePrimary(JsonNode routing) {
    String state = routing.path("state").asString();
    return routing.path("primary").asBoolean()
        && (state.equals("STARTED") || state.equals("RELOCATING"));
  }

  private static Map<YearMonth, Integer> shards(JsonNode answer) {
    JsonNode blocks = answer.at("/blocks/global");
    // 1: the state is not recovered; 2: there is no master. Months may be missing that exist.
    if (blocks.has("1") || blocks.has("2")) {
      throw new StoreUnavailableException("The state of the cluster is not known: " + blocks, null);
    }
    Map<YearMonth, Integer> months = new TreeMap<>();
    for (var index : answer.at("/metadata/indices").properties()) {
      int count = index.getValue().at("/settings/index/number_of_shards").asInt();
      MonthIndex.named(index.getKey()).ifPresent(month -> months.put(month.month(), count));
    }
    return months;
  }

  private static JsonNode checkRefreshed(JsonNode answer) {
    if (answer.at("/_shards/failed").asInt() > 0) {
      throw new StoreUnavailableException("A refresh failed: " + answer, null);
    }
    return answer;
  }
}
