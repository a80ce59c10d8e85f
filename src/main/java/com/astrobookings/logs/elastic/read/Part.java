package com.astrobookings.logs.elastic.read;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * What has been read of a page.
 *
 * @param page the events, and whether more follow
 * @param bytes what the events have in the store
 */
record Part(EventPage page, long bytes) {

  /** A page ends with the event that reaches this number of bytes. */
  static final long FULL = 8 * 1024 * 1024;

  /** How many events are read before anybody knows how large they are. */
  static final int FIRST = 100;

  /** What an event takes beside its texts, about. */
  private static final long OBJECTS = 512;

  /** A text needs two bytes for each character as soon as one of them lies beyond Latin-1. */
  private static final long BYTES_OF_A_CHARACTER = 2;

  /** What it holds in memory at most. */
  long held() {
    return OBJECTS * page.events().size() + BYTES_OF_A_CHARACTER * bytes;
  }

  /** Whether nothing is missing of what was asked for. */
  boolean isAll(PageRequest asked) {
    return !page.more() || page.events().size() >= asked.limit() || bytes >= FULL;
  }

  /** What to ask for next: about as many events as fill the page if they are like these. */
  PageRequest next(PageRequest asked) {
    int count = page.events().size();
    long fitting = Math.max(1, (FULL - bytes) * count / Math.max(1, bytes));
    return new PageRequest(
        (int) Math.min(asked.limit() - count, fitting),
        Position.of(page.events().getLast().event()),
        asked.copies(),
        TotalMode.NONE);
  }

  /** This and what follows it. */
  Part and(Part following) {
    List<StoredEvent> all = new ArrayList<>(page.events());
    all.addAll(following.page.events());
    return new Part(
        new EventPage(all, following.page.more(), page.total()), bytes + following.bytes);
  }
}
