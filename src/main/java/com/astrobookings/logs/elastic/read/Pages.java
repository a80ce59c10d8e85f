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

/** Translates answers to searches. An answer that is not complete is none. Pure. */
final class Pages {

  /** A page ends with the event that reaches this number of bytes. */
  private static final int LARGEST = 8 * 1024 * 1024;

  private Pages() {}

  /** The answer to a question that nothing can match. */
  static EventPage empty(PageRequest page) {
    return new EventPage(
        List.of(), false, page.total() == TotalMode.NONE ? null : new Total(0, true));
  }

  /** The page, given the answer to a search for one event more. */
  static EventPage of(SearchResponse<Document> answer, PageRequest page) {
    checkComplete(answer);
    List<Hit<Document>> hits = answer.hits().hits();
    int fitting = fitting(hits, page.limit());
    List<StoredEvent> events = hits.stream().limit(fitting).map(Pages::event).toList();
    return new EventPage(events, hits.size() > fitting, total(answer.hits().total()));
  }

  /** How many of the hits make a page that is large enough: at least one. */
  private static int fitting(List<Hit<Document>> hits, int limit) {
    long bytes = 0;
    int count = 0;
    while (count < Math.min(limit, hits.size()) && bytes < LARGEST) {
      Document document = hits.get(count++).source();
      bytes += document == null ? 0 : document.bytes();
    }
    return count;
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
