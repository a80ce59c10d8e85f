package com.astrobookings.logs.ingest.spooling;

import com.astrobookings.logs.event.text.Names;

/** Why an event of the spool can never be stored as it is. */
enum DeadLetterReason {
  /** Another event was stored under its id meanwhile, by another instance for example. */
  CONFLICT,
  /** Elasticsearch read the event and cannot store it. */
  REJECTED,
  /** The service fails on the event; a corrected one can store it. */
  DEFECT,
  /** What the spool holds is no event: the disk has changed it. */
  UNREADABLE;

  private final String label = Names.lowerCase(this);

  /** Returns the name in answers and metrics. */
  String label() {
    return label;
  }
}
