package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.text.Names;

/** What became of one event, in the words and the order of the receipt. */
enum ItemStatus {
  /** It is there, and durable. */
  STORED(false),
  /** It was there already. */
  DUPLICATE(false),
  /** It is durable here, and will be stored. */
  SPOOLED(false),
  /** An event with its id and other content is there. */
  CONFLICT(true),
  /** It breaks rules. */
  INVALID(true),
  /** The store can never hold it. */
  REJECTED(true),
  /** There is no room for it now. */
  REFUSED(true);

  private final boolean failed;

  ItemStatus(boolean failed) {
    this.failed = failed;
  }

  /** Whether the producer has to do something about it. */
  boolean failed() {
    return failed;
  }

  /** The name in answers. */
  String label() {
    return Names.lowerCase(this);
  }
}
