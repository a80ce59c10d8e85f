package com.astrobookings.logs.elastic.read;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.SearchAfter;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a page that has been read.
 *
 * @param page the events, and whether more follow
 * @param bytes the size of the events in the response
 */
record Part(EventPage page, long bytes) {

  /** The number of events in the first part, which shows how large they are. */
  static final int FIRST_PART_SIZE = 100;

  /** The approximate size of the objects of an event, without its texts. */
  private static final long OVERHEAD_BYTES = 512;

  /** A text needs two bytes for each character as soon as one of them lies beyond Latin-1. */
  private static final long BYTES_PER_CHARACTER = 2;

  /** Returns an upper bound of the bytes in memory. */
  long held() {
    return OVERHEAD_BYTES * page.events().size() + BYTES_PER_CHARACTER * bytes;
  }

  /** Whether the page is complete. */
  boolean isAll(PageRequest asked, long maxBytes) {
    return !page.more() || page.events().size() >= asked.limit() || bytes >= maxBytes;
  }

  /** Returns the request for the next part: as many events as fill the page if of equal size. */
  PageRequest next(PageRequest asked, long maxBytes) {
    int count = page.events().size();
    long fitting = Math.max(1, (maxBytes - bytes) * count / Math.max(1, bytes));
    return new PageRequest(
        (int) Math.min(asked.limit() - count, fitting),
        SearchAfter.of(page.events().getLast().event()),
        asked.preference(),
        TotalMode.NONE);
  }

  /** Returns this part with {@code following} appended. */
  Part and(Part following) {
    List<StoredEvent> all = new ArrayList<>(page.events());
    all.addAll(following.page.events());
    return new Part(
        new EventPage(all, following.page.more(), page.total()), bytes + following.bytes);
  }
}
