package com.astrobookings.logs.store.tail;

import com.astrobookings.logs.event.StoredEvent;
import java.io.ByteArrayOutputStream;

/** Encodes the events of a tail. Called by several threads. */
@FunctionalInterface
public interface TailEncoder {

  /**
   * Appends one event.
   *
   * @param position where to resume after this event, encoded
   */
  void encode(StoredEvent event, String position, ByteArrayOutputStream out);
}
