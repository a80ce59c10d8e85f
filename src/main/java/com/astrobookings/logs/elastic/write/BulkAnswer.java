package com.astrobookings.logs.elastic.write;

import co.elastic.clients.elasticsearch.core.BulkResponse;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.write.StoredCopies.Existing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
   */
  record Sorted(
      Map<String, Written> done,
      List<Existing> existing,
      List<NewDocument> unprepared,
      boolean repeated) {}

  /**
   * Sorts the documents.
   *
   * @param repairable whether an unprepared index can be tried again
   */
  Sorted sorted(boolean repairable) {
    Sorted sorted = new Sorted(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), repeated);
    for (int i = 0; i < documents.size(); i++) {
      NewDocument document = documents.get(i);
      switch (Verdict.of(response.items().get(i), month)) {
        case Verdict.Final(var outcome) ->
            sorted.done.put(document.id(), Written.of(outcome, document.event()));
        case Verdict.Exists(var index) ->
            sorted.existing.add(new Existing(document.event(), index));
        case Verdict.Unprepared(var otherwise) when repairable -> sorted.unprepared.add(document);
        case Verdict.Unprepared(var otherwise) ->
            sorted.done.put(document.id(), Written.of(otherwise, document.event()));
      }
    }
    return sorted;
  }
}
