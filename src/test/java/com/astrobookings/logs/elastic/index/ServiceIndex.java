package com.astrobookings.logs.elastic.index;

import co.elastic.clients.json.JsonpUtils;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import java.time.YearMonth;

/**
 * An index as the service makes it, for tests outside of this room that read what is stored.
 *
 * @param name how it is called
 * @param body what the service sends to create it, as JSON
 */
public record ServiceIndex(String name, String body) {

  /** The index of one UTC month. */
  public static ServiceIndex of(YearMonth month) {
    MonthIndex index = new MonthIndex(month);
    IndexRequests requests = new IndexRequests(IndexSchema.declared(), 1);
    return new ServiceIndex(
        index.name(), JsonpUtils.toJsonString(requests.create(index), new Jackson3JsonpMapper()));
  }
}
