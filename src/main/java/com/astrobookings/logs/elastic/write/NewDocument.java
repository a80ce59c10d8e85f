package com.astrobookings.logs.elastic.write;

import co.elastic.clients.util.BinaryData;
import co.elastic.clients.util.ContentType;
import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.StoredEvent;

/**
 * An event on its way into the store, serialised once.
 *
 * @param json compact: a line break would end the item of a bulk request
 * @param followed whether more events of the request have the same id
 */
record NewDocument(StoredEvent event, BinaryData json, boolean followed) {

  static NewDocument of(StoredEvent event, boolean followed) {
    return new NewDocument(
        event, BinaryData.of(EventDocument.write(event), ContentType.APPLICATION_JSON), followed);
  }

  String id() {
    return event.event().id();
  }

  long bytes() {
    return json.size();
  }
}
