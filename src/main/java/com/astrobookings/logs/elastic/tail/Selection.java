package com.astrobookings.logs.elastic.tail;

import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.tail.TailEncoder;

/** What a reader reads; readers with equal selections share it. */
record Selection(EventQuery query, TailEncoder encoder) {

  /** Returns on whose behalf its searches wait for their turn. */
  String name() {
    return Integer.toHexString(hashCode());
  }
}
