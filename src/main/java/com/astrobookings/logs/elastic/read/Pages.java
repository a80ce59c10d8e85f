package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import co.elastic.clients.elasticsearch.core.search.TotalHitsRelation;
import com.astrobookings.logs.elastic.wire.Document;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventPage.Total;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.StoreUnavailableException;
import java.util.List;
import java.util.Objects;
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
    checkComplete(answer);
    List<Hit<Document>> hits = answer.hits().hits();
    int count = 0;
    long bytes = 0;
    while (count < Math.min(page.limit(), hits.size()) && bytes < room) {
      bytes += bytes(hits.get(count++));
    }
    List<StoredEvent> events = hits.stream().limit(count).map(Pages::event).toList();
    return new Part(
        new EventPage(events, hits.size() > count, total(answer.hits().total())), bytes);
  }

  private static long bytes(Hit<Document> hit) {
    Document document = hit.source();
    return document == null ? 0 : document.bytes();
  }

  private static void checkComplete(SearchResponse<Document> answer) {
    if (answer.timedOut()) {
      throw new StoreUnavailableException("A shard did not finish its search in time", null, true);
    }
    if (answer.shards().failed().intValue() > 0) {
      throw new StoreUnavailableException("Shards failed: " + answer.shards().failures(), null);
    }
  }

  private static StoredEvent event(Hit<Document> hit) {
    Document document =
        Objects.requireNonNullElse(hit.source(), new Document(null, "it has no source", 0));
    if (document.event() == null) {
      throw new StoreUnavailableException(document.complaint(hit.index(), hit.id()), null);
    }
    return document.event();
  }

  private static @Nullable Total total(@Nullable TotalHits total) {
    return total == null
        ? null
        : new Total(total.value(), total.relation() == TotalHitsRelation.Eq);
  }
}
