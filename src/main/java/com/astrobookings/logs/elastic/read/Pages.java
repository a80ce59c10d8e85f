package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import co.elastic.clients.elasticsearch.core.search.TotalHitsRelation;
import com.astrobookings.logs.elastic.wire.Document;
import com.astrobookings.logs.elastic.wire.Hits;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventPage.Total;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts search responses to pages. A response without all shards is an error. Pure. */
final class Pages {

  private Pages() {}

  /** Returns the page of a query that nothing can match. */
  static Part empty(PageRequest page) {
    Total none = page.total() == TotalMode.NONE ? null : new Total(0, true);
    return new Part(new EventPage(List.of(), false, none), 0);
  }

  /**
   * Returns a part of a page from the response to a search for one event more.
   *
   * @param room the part ends with the event that reaches this number of bytes
   */
  static Part of(SearchResponse<Document> answer, PageRequest page, long room) {
    Hits.checkComplete(answer);
    List<Hit<Document>> hits = answer.hits().hits();
    int count = 0;
    long bytes = 0;
    while (count < Math.min(page.limit(), hits.size()) && bytes < room) {
      bytes += bytes(hits.get(count++));
    }
    List<StoredEvent> events = hits.stream().limit(count).map(Hits::event).toList();
    return new Part(
        new EventPage(events, hits.size() > count, total(answer.hits().total())), bytes);
  }

  private static long bytes(Hit<Document> hit) {
    Document document = hit.source();
    return document == null ? 0 : document.bytes();
  }

  private static @Nullable Total total(@Nullable TotalHits total) {
    return total == null
        ? null
        : new Total(total.value(), total.relation() == TotalHitsRelation.Eq);
  }
}
