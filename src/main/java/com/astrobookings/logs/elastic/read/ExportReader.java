package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.json.JsonpMapper;
import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import com.astrobookings.logs.elastic.wire.ExportPage;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.LowLevelClient;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.EventExport;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.SearchAfter;
import jakarta.json.stream.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads everything that matches from a point in time. Each page takes its turn among the searches
 * of all reads; between pages an export keeps none from them.
 */
final class ExportReader {

  /** Of one answer; a page is smaller unless the events behind it are far larger than its own. */
  private static final int MAX_ANSWER_BYTES = 4 << 20;

  /** Of an answer with one event. */
  private static final int MAX_EVENT_BYTES = 64 << 20;

  private static final Duration RENEWAL_INTERVAL = PointInTime.KEEP_ALIVE.dividedBy(4);

  private final LowLevelClient client;
  private final JsonpMapper mapper;
  private final SearchRequests requests;
  private final SearchLimiter searches;
  private final Duration limit;

  /**
   * Creates a reader.
   *
   * @param searches bounds the searches of all reads
   * @param limit the time-out of one search
   */
  ExportReader(
      LowLevelClient client,
      JsonpMapper mapper,
      SearchRequests requests,
      SearchLimiter searches,
      Duration limit) {
    this.client = client;
    this.mapper = mapper;
    this.requests = requests;
    this.searches = searches;
    this.limit = limit;
  }

  /**
   * Reads from a point in time as long as {@code use} lasts, and closes it.
   *
   * @param opening opens the point in time
   * @param caller on whose behalf
   */
  Mono<Void> export(
      Mono<PointInTime> opening,
      EventQuery query,
      String caller,
      Function<EventExport, ? extends Publisher<Void>> use) {
    return Mono.usingWhen(
        opening,
        point ->
            ExportPages.begin((after, size) -> search(query, caller, point, after, size))
                .onErrorMap(
                    failure -> isOf(query) && Failures.isQueryRefused(failure),
                    failure ->
                        new InvalidValueException(
                            "is more than the event store can evaluate; ask for less"))
                .onErrorMap(EventReader::isOfTheStore, Failures::ofRead)
                .map(pages -> new EventExport(pages.total(), read(pages, point)))
                .flatMap(export -> Mono.from(use.apply(export))),
        PointInTime::close,
        (point, failure) -> point.close(),
        PointInTime::close);
  }

  /** Whether the caller gave conditions that Elasticsearch may refuse. */
  private static boolean isOf(EventQuery query) {
    return query.text() != null || !query.filters().isEmpty();
  }

  /** Reads the pages, and closes the point in time before the last one is used. */
  private static Flux<List<StoredEvent>> read(ExportPages pages, PointInTime point) {
    return pages
        .read()
        .doOnNext(page -> {
          if (pages.isRead()) {
            point.close().subscribe();
          }
        })
        .takeUntilOther(renewals(point))
        .onErrorMap(EventReader::isOfTheStore, Failures::ofRead);
  }

  /** Keeps the point in time while no page is asked for; fails if it is gone. */
  private static Mono<Void> renewals(PointInTime point) {
    return Flux.interval(RENEWAL_INTERVAL)
        .onBackpressureDrop()
        .takeWhile(tick -> !point.isClosed())
        .concatMap(tick -> point.renew())
        .then(Mono.never());
  }

  private Mono<ExportPage> search(
      EventQuery query, String caller, PointInTime point, @Nullable SearchAfter after, int size) {
    Mono<ExportPage> search =
        Mono.defer(() -> Mono.justOrEmpty(requests.exported(query, after, size, point.reference())))
            .flatMap(request -> send(request, size > 1 ? MAX_ANSWER_BYTES : MAX_EVENT_BYTES))
            .timeout(limit)
            .publishOn(Schedulers.parallel())
            .map(ExportReader::page)
            .doOnNext(page -> point.moveTo(page.pointInTime()))
            .defaultIfEmpty(ExportPage.NONE);
    return after == null ? searches.limit(caller, search) : searches.await(caller, search);
  }

  private Mono<Response> send(SearchRequest search, int maxBytes) {
    byte[] body = json(search);
    return Requests.repeatable(client.send("search", maxBytes, () -> request(body)));
  }

  private static Request request(byte[] body) {
    Request request = new Request("POST", "/_search");
    request.addParameter("allow_partial_search_results", "false");
    request.setEntity(new ByteArrayEntity(body, ContentType.parse(LowLevelClient.JSON)));
    return request;
  }

  private byte[] json(SearchRequest search) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = mapper.jsonProvider().createGenerator(bytes)) {
      search.serialize(generator, mapper);
    }
    return bytes.toByteArray();
  }

  private static ExportPage page(Response response) {
    try {
      return ExportPage.read(response.getEntity().getContent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
