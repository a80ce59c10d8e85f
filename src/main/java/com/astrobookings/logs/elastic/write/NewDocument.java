package com.astrobookings.logs.elastic.write;

import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.StoredEvent;

/**
 * An event on its way into the store, serialised once.
 *
 * @param json compact: a line break would end the item of a bulk request
 */
record NewDocument(StoredEvent event, BinaryData json) {

  static NewDocument of(StoredEvent event) {
    return new NewDocument(
        event, BinaryData.of(EventDocument.write(event), ContentType.APPLICATION_JSON));
  }

  String id() {
    return event.event().id();
  }

  long bytes() {
    return json.size();
  }
}
