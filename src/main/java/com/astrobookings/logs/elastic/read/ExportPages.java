package com.astrobookings.logs.elastic.read;

import com.astrobookings.logs.elastic.wire.ExportPage;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.SearchAfter;
import com.astrobookings.logs.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * The pages of one export. A page has as many events as have {@link #PAGE_BYTES} together, judged
 * by the page before, so that an export needs the same memory whatever the size of its events: the
 * page in use, and the next one, which is read meanwhile. For one subscriber.
 */
final class ExportPages {

  /** The first page, which shows how large the events are, and is on its way soon. */
  static final int FIRST_SIZE = 100;

  private static final int MAX_SIZE = 2_000;
  private static final long PAGE_BYTES = 1024 * 1024;

  private static final int MAX_RETRIES = 6;
  private static final Duration RETRY_DELAY = Duration.ofMillis(500);

  private final Search search;
  private final long total;
  private final Disposable.Swap reading = Disposables.swap();

  // Used by one page after the other.
  private Mono<ExportPage> next;
  private long count;
  private boolean ended;

  /** Reads one page. */
  @FunctionalInterface
  interface Search {
    /**
     * Reads the events behind a position.
     *
     * @param after the position; null to begin, and to count all
     * @param size most events
     */
    Mono<ExportPage> read(@Nullable SearchAfter after, int size);
  }

  private ExportPages(Search search, ExportPage first) {
    this.search = search;
    this.total = first.total();
    this.next = Mono.just(first);
  }

  /** Reads the first page, which counts all. */
  static Mono<ExportPages> begin(Search search) {
    return read(search, null, FIRST_SIZE).map(first -> new ExportPages(search, first));
  }

  /** Returns the exact number of events. */
  long total() {
    return total;
  }

  /** Whether the last page was read. */
  boolean isRead() {
    return ended;
  }

  /** Reads the pages in their order; the next one while one is used. */
  Flux<List<StoredEvent>> read() {
    return Flux.<Mono<ExportPage>>generate(
            pages -> {
              if (ended) {
                pages.complete();
              } else {
                pages.next(next);
              }
            })
        .concatMap(Function.identity(), 0)
        .doOnNext(this::proceed)
        .map(ExportPage::events)
        .doFinally(end -> reading.dispose());
  }

  private void proceed(ExportPage page) {
    count += page.events().size();
    if (count >= total) {
      ended = true;
    } else if (page.events().isEmpty()) {
      throw new StoreUnavailableException(
          "The point in time has %d events of %d".formatted(count, total), null);
    } else {
      next = begin(page);
    }
  }

  /** Begins to read the page that follows {@code page}; the result gives it when it is read. */
  private Mono<ExportPage> begin(ExportPage page) {
    SearchAfter after = SearchAfter.of(page.events().getLast().event());
    Sinks.One<ExportPage> answer = Sinks.one();
    reading.update(
        read(search, after, size(page)).subscribe(answer::tryEmitValue, answer::tryEmitError));
    return answer.asMono();
  }

  private int size(ExportPage page) {
    long fitting = PAGE_BYTES * page.events().size() / Math.max(1, page.bytes());
    return (int) Math.clamp(fitting, 1, Math.min(MAX_SIZE, Math.max(1, total - count)));
  }

  /**
   * Reads a page; of half as many events if they are too large together for the service, or a
   * moment later if they are for Elasticsearch now. Only the first page fails at once then.
   */
  private static Mono<ExportPage> read(Search search, @Nullable SearchAfter after, int size) {
    Mono<ExportPage> page = search.read(after, size);
    if (size == 1) {
      return page.retryWhen(whileOverloaded());
    }
    return page.onErrorResume(
        failure ->
            Failures.isAnswerTooLarge(failure) || (after != null && Failures.isOverload(failure)),
        failure ->
            Failures.isAnswerTooLarge(failure)
                ? read(search, after, size / 2)
                : Mono.delay(RETRY_DELAY).then(read(search, after, size / 2)));
  }

  /** Retries what Elasticsearch has no capacity for now. */
  private static Retry whileOverloaded() {
    return Retry.backoff(MAX_RETRIES, RETRY_DELAY)
        .filter(Failures::isOverload)
        .onRetryExhaustedThrow((policy, signal) -> signal.failure());
  }
}
