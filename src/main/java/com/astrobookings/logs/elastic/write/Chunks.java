package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.store.DiscreetFailure;
import com.astrobookings.logs.store.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;

/**
 * Documents of one month, cut so that a bulk request takes them.
 *
 * @param parts the documents, in the order of the events; none is empty
 * @param failed the events that we failed to make a document of, by id. They are no reason to keep
 *     the others waiting
 */
record Chunks(List<List<NewDocument>> parts, Map<String, Written> failed) {

  private static final Logger log = LoggerFactory.getLogger(Chunks.class);

  /**
   * Enough for Elasticsearch to be fast, and little enough to be answered soon: whatever is
   * answered before a busy one runs out of time is stored for good.
   */
  private static final long BULK_BYTES = 2L << 20;

  /**
   * Cuts.
   *
   * @param items with distinct ids
   * @param followed the ids that more events of the request have
   */
  static Chunks of(Collection<EventWriter.Item> items, Set<String> followed) {
    List<List<NewDocument>> parts = new ArrayList<>();
    Map<String, Written> failed = new HashMap<>();
    long room = 0;
    for (EventWriter.Item item : items) {
      NewDocument document = document(item, followed, failed);
      if (document != null) {
        room -= document.bytes();
        if (room < 0) {
          parts.add(new ArrayList<>());
          room = BULK_BYTES - document.bytes();
        }
        parts.getLast().add(document);
      }
    }
    return new Chunks(parts, failed);
  }

  /** Null if there is none, which is a defect of ours and noted in {@code failed}. */
  private static @Nullable NewDocument document(
      EventWriter.Item item, Set<String> followed, Map<String, Written> failed) {
    try {
      return NewDocument.of(item.event(), followed.contains(item.id()));
    } catch (Throwable failure) {
      Exceptions.throwIfJvmFatal(failure);
      log.error(
          "The {} event {} cannot be made a document",
          item.event().event().type(),
          item.id(),
          DiscreetFailure.of(failure));
      failed.put(item.id(), Written.not(new WriteOutcome.Defect()));
      return null;
    }
  }
}
