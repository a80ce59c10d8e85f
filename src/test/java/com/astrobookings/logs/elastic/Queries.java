package com.astrobookings.logs.elastic;

import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import java.util.Set;

/** Queries that tests ask. */
final class Queries {

  private Queries() {}

  static EventQuery all() {
    return new EventQuery(null, null, Set.of(), Order.ASC);
  }

  static PageRequest page(int limit) {
    return new PageRequest(limit, null, "preference", TotalMode.NONE);
  }
}
