package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import com.astrobookings.logs.elastic.wire.Document;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.MeteredTransport;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.memory.ReadMemory;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Reads one page, in parts if it has many events: the first part shows how large they are. One
 * request for a thousand would make Elasticsearch load a thousand, of which thirty may fill the
 * page.
 */
final class PageReader {

  /** A page ends with the event that reaches this number of bytes. */
  static final long MAX_PAGE_BYTES = 8 * 1024 * 1024;

  private final ElasticsearchAsyncClient client;
  private final SearchRequests requests;
  private final List<String> indices;
  private final EventQuery query;
  private final PageRequest page;
  private final ReadMemory.Share memory;
  private final long maxBytes;
  private final long heldBefore;

  /**
   * Creates a reader of one page.
   *
   * @param indices the index expression to search
   * @param memory accounts for what is read
   */
  PageReader(
      ElasticsearchAsyncClient client,
      SearchRequests requests,
      List<String> indices,
      EventQuery query,
      PageRequest page,
      ReadMemory.Share memory) {
    this(client, requests, indices, query, page, memory, MAX_PAGE_BYTES, 0);
  }

  private PageReader(
      ElasticsearchAsyncClient client,
      SearchRequests requests,
      List<String> indices,
      EventQuery query,
      PageRequest page,
      ReadMemory.Share memory,
      long maxBytes,
      long heldBefore) {
    this.client = client;
    this.requests = requests;
    this.indices = indices;
    this.query = query;
    this.page = page;
    this.memory = memory;
    this.maxBytes = maxBytes;
    this.heldBefore = heldBefore;
  }

  /**
   * Returns a reader of a smaller page.
   *
   * @param maxBytes the page ends with the event that reaches this number of bytes
   * @param held what the share of memory holds already of other pages
   */
  PageReader within(long maxBytes, long held) {
    return new PageReader(client, requests, indices, query, page, memory, maxBytes, held);
  }

  /** Reads the page; fails with whatever the client fails with. */
  Mono<Part> read() {
    PageRequest first =
        new PageRequest(
            Math.min(page.limit(), Part.FIRST_PART_SIZE),
            page.after(),
            page.preference(),
            page.total());
    return part(first, maxBytes, heldBefore).flatMap(this::complete);
  }

  /** Adds parts to {@code read} until the page is full or the next event has no room. */
  private Mono<Part> complete(Part read) {
    return read.isAll(page, maxBytes)
        ? Mono.just(read)
        : part(read.next(page, maxBytes), maxBytes - read.bytes(), heldBefore + read.held())
            .map(read::and)
            .flatMap(this::complete)
            .onErrorResume(Failures::isAnswerTooLarge, tooLarge -> Mono.just(read));
  }

  /**
   * Reads one part; of half as many events if they are too large together.
   *
   * @param room bytes that the parts before have left of the page
   * @param held in memory by the parts before
   */
  private Mono<Part> part(PageRequest wanted, long room, long held) {
    ElasticsearchAsyncClient metered =
        new ElasticsearchAsyncClient(new MeteredTransport(client._transport(), memory, held));
    return Mono.justOrEmpty(requests.page(query, wanted, indices))
        .flatMap(request -> Requests.repeatable(() -> metered.search(request, Document.class)))
        .map(answer -> Pages.of(answer, wanted, room))
        .defaultIfEmpty(Pages.empty(wanted))
        .onErrorResume(
            failure -> wanted.limit() > 1 && Failures.isAnswerTooLarge(failure),
            failure -> part(half(wanted), room, held))
        .onErrorMap(
            failure -> isOfTheQuery() && Failures.isQueryRefused(failure),
            failure ->
                new InvalidValueException(
                    "is more than the event store can evaluate; ask for less"));
  }

  /** Whether the caller gave conditions that Elasticsearch may refuse. */
  private boolean isOfTheQuery() {
    return query.text() != null || !query.filters().isEmpty();
  }

  private static PageRequest half(PageRequest page) {
    return new PageRequest(page.limit() / 2, page.after(), page.preference(), page.total());
  }
}
