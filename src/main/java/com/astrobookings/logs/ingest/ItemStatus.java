package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.text.Names;

/** The status of one event in the response to a write, in the order of the response. */
enum ItemStatus {
  /** Elasticsearch has the event, durably. */
  STORED(false),
  /** The same event was stored before. */
  DUPLICATE(false),
  /** The event is durable in the local spool and will be stored. */
  SPOOLED(false),
  /** Another event with the same id was stored before. */
  CONFLICT(true),
  /** The event violates rules. */
  INVALID(true),
  /** Elasticsearch can never store the event. */
  REJECTED(true),
  /** The event cannot be stored now. */
  REFUSED(true);

  private final boolean failed;
  private final String label;

  ItemStatus(boolean failed) {
    this.failed = failed;
    this.label = Names.lowerCase(this);
  }

  /** Whether the producer has to do something about the event. */
  boolean failed() {
    return failed;
  }

  /** The name in responses and metrics. */
  String label() {
    return label;
  }
}
