package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The outcomes of one write while they come in. Safe for use by several threads. */
final class Outcomes {

  private static final WriteOutcome OPEN =
      new Unavailable(false, "Elasticsearch did not answer in time");

  private final AtomicReferenceArray<WriteOutcome> outcomes;

  Outcomes(int size) {
    outcomes = new AtomicReferenceArray<>(size);
  }

  void put(EventWriter.Item item, WriteOutcome outcome) {
    outcomes.set(item.position(), outcome);
  }

  /** All outcomes in the order of the events; those that are not known yet are unavailable. */
  List<WriteOutcome> list() {
    List<WriteOutcome> list = new ArrayList<>(outcomes.length());
    for (int i = 0; i < outcomes.length(); i++) {
      WriteOutcome outcome = outcomes.get(i);
      list.add(outcome == null ? OPEN : outcome);
    }
    return list;
  }
}
