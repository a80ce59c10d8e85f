package com.astrobookings.logs.elastic.write;

import co.elastic.clients.elasticsearch.core.BulkResponse;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.write.StoredCopies.Existing;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Elasticsearch said to a bulk request.
 *
 * @param documents what was sent, in the order of the answer's items
 * @param repeated whether the same request went before and we never heard the answer
 */
record BulkAnswer(
    MonthIndex month, List<NewDocument> documents, BulkResponse response, boolean repeated) {

  /**
   * The documents by what is to be done next.
   *
   * @param done nothing; by id
   * @param existing compare them with their earlier copies
   * @param unprepared prepare the index and send them again
   * @param absences nothing, but leave the month alone for a while
   */
  record Sorted(
      Map<String, Written> done,
      List<Existing> existing,
      List<NewDocument> unprepared,
      List<Unavailable> absences,
      boolean repeated) {

    Optional<Unavailable> shardAbsence() {
      return absences.stream().findFirst();
    }

    private void add(NewDocument document, ItemVerdict verdict, boolean repairable) {
      switch (verdict) {
        case ItemVerdict.Final(var outcome) -> add(document, outcome);
        case ItemVerdict.Exists(var index) -> existing.add(new Existing(document, index));
        case ItemVerdict.Unprepared(var otherwise) when repairable -> unprepared.add(document);
        case ItemVerdict.Unprepared(var otherwise) -> add(document, otherwise);
        case ItemVerdict.ShardAbsent(var outcome) -> {
          absences.add(outcome);
          add(document, outcome);
        }
      }
    }

    private void add(NewDocument document, WriteOutcome outcome) {
      done.put(document.id(), Written.of(outcome, document.event()));
    }
  }

  /**
   * Sorts the documents.
   *
   * @param repairable whether an unprepared index can be tried again
   */
  Sorted sorted(boolean repairable) {
    Sorted sorted =
        new Sorted(
            new HashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), repeated);
    for (int i = 0; i < documents.size(); i++) {
      ItemVerdict verdict = ItemVerdict.of(response.items().get(i), month);
      sorted.add(documents.get(i), verdict, repairable);
    }
    return sorted;
  }
}
