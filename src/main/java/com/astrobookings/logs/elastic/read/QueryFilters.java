package com.astrobookings.logs.elastic.read;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.astrobookings.logs.store.EventQuery;
import java.util.List;
import java.util.Optional;

/** The conditions of a query, for other reads than pages. Pure. */
public final class QueryFilters {

  private QueryFilters() {}

  /** Returns what the documents that match fulfil; empty if no event can match. */
  public static Optional<List<Query>> of(EventQuery query) {
    return SearchRequests.filters(query);
  }
}
