package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.Decoded;
import com.astrobookings.logs.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoded body of one request.
 *
 * @param single whether the body is one JSON object, whose response has a status code of its own
 * @param items in the order of the body; at least one
 */
record EventBatch(boolean single, List<Decoded> items) {

  /** Returns the valid events, in the order of the body. */
  List<StoredEvent> events() {
    List<StoredEvent> events = new ArrayList<>(items.size());
    for (Decoded item : items) {
      if (item instanceof Decoded.Valid valid) {
        events.add(valid.event());
      }
    }
    return events;
  }
}
