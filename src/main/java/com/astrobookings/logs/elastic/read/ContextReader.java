package com.astrobookings.logs.elastic.read;

import com.astrobookings.logs.store.ContextRequest;
import com.astrobookings.logs.store.EventContext;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Reads the events around a position: those before it in descending order, then those after it in
 * ascending order. Each side may have half of the bytes of a page.
 */
final class ContextReader {

  private static final long MAX_SIDE_BYTES = PageReader.MAX_PAGE_BYTES / 2;

  private final ContextRequest request;
  private final EventQuery query;
  private final Pager pager;

  /** Creates readers of pages. */
  interface Pager {
    /** Returns the reader of one page. */
    PageReader reader(EventQuery query, PageRequest page);
  }

  /**
   * Creates a reader of one context.
   *
   * @param pager creates readers that share the memory of this read
   */
  ContextReader(EventQuery query, ContextRequest request, Pager pager) {
    this.query = query;
    this.request = request;
    this.pager = pager;
  }

  /** Both sides. */
  record Sides(Part before, Part after) {

    /** Returns an upper bound of the bytes in memory. */
    long held() {
      return before.held() + after.held();
    }

    EventContext context() {
      return new EventContext(before.page(), after.page());
    }
  }

  /** Reads both sides; fails with whatever the client fails with. */
  Mono<Sides> read() {
    return side(Order.DESC, request.before(), 0)
        .flatMap(before ->
            side(Order.ASC, request.after(), before.held()).map(after -> new Sides(before, after)));
  }

  private Mono<Part> side(Order order, int limit, long held) {
    if (limit == 0) {
      return Mono.just(new Part(new EventPage(List.of(), true, null), 0));
    }
    PageRequest page =
        new PageRequest(limit, request.position(), request.preference(), TotalMode.NONE);
    return pager.reader(query.in(order), page).within(MAX_SIDE_BYTES, held).read();
  }
}
