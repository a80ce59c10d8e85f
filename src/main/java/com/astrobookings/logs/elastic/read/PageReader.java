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
import reactor.core.publisher.Mono;

/**
 * Reads one page, in parts if it has many events: how large they are shows in the first part.
 * Asking for a thousand at once would make Elasticsearch load a thousand, of which thirty may fill
 * the page.
 */
final class PageReader {

  private final ElasticsearchAsyncClient client;
  private final SearchRequests requests;
  private final EventQuery query;
  private final PageRequest page;
  private final ReadMemory.Share memory;

  PageReader(
      ElasticsearchAsyncClient client,
      SearchRequests requests,
      EventQuery query,
      PageRequest page,
      ReadMemory.Share memory) {
    this.client = client;
    this.requests = requests;
    this.query = query;
    this.page = page;
    this.memory = memory;
  }

  /** The page; fails with whatever the client fails with. */
  Mono<Part> read() {
    PageRequest first =
        new PageRequest(
            Math.min(page.limit(), Part.FIRST), page.after(), page.copies(), page.total());
    return part(first, 0, 0).flatMap(this::complete);
  }

  /** What was read, and what follows until the page is full or the next event has no room. */
  private Mono<Part> complete(Part read) {
    return read.isAll(page)
        ? Mono.just(read)
        : part(read.next(page), read.bytes(), read.held())
            .map(read::and)
            .flatMap(this::complete)
            .onErrorResume(Failures::isAnswerTooLarge, tooLarge -> Mono.just(read));
  }

  /**
   * One part; of half as many events if they are too large together.
   *
   * @param bytes of the parts before
   * @param held in memory by the parts before
   */
  private Mono<Part> part(PageRequest wanted, long bytes, long held) {
    ElasticsearchAsyncClient metered =
        new ElasticsearchAsyncClient(new MeteredTransport(client._transport(), memory, held));
    return Mono.justOrEmpty(requests.page(query, wanted))
        .flatMap(request -> Requests.repeatable(() -> metered.search(request, Document.class)))
        .map(answer -> Pages.of(answer, wanted, bytes))
        .defaultIfEmpty(Pages.empty(wanted))
        .onErrorResume(
            failure -> wanted.limit() > 1 && Failures.isAnswerTooLarge(failure),
            failure -> part(half(wanted), bytes, held))
        .onErrorMap(
            failure -> isOfTheQuestion() && Failures.isQueryRefused(failure),
            failure ->
                new InvalidValueException(
                    "is more than the event store can evaluate; ask for less"));
  }

  /** Whether the store has been asked more than what every reading asks. */
  private boolean isOfTheQuestion() {
    return query.text() != null || !query.filters().isEmpty();
  }

  private static PageRequest half(PageRequest page) {
    return new PageRequest(page.limit() / 2, page.after(), page.copies(), page.total());
  }
}
