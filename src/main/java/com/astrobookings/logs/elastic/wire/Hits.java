package com.astrobookings.logs.elastic.wire;

import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.StoreUnavailableException;
import java.util.Objects;

/** Reads search responses. Pure. */
public final class Hits {

  private Hits() {}

  /**
   * Checks that all shards have answered in time.
   *
   * @throws StoreUnavailableException if not
   */
  public static void checkComplete(SearchResponse<?> answer) {
    if (answer.timedOut()) {
      throw new StoreUnavailableException("A shard did not finish its search in time", null, true);
    }
    if (answer.shards().failed().intValue() > 0) {
      throw new StoreUnavailableException("Shards failed: " + answer.shards().failures(), null);
    }
  }

  /**
   * Returns the event of a hit.
   *
   * @throws StoreUnavailableException if the document is not an event of ours
   */
  public static StoredEvent event(Hit<Document> hit) {
    Document document =
        Objects.requireNonNullElse(hit.source(), new Document(null, "it has no source", 0));
    if (document.event() == null) {
      throw new StoreUnavailableException(document.complaint(hit.index(), hit.id()), null);
    }
    return document.event();
  }
}
