package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.store.WriteOutcome;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Holds some events of one month, with distinct ids, as the body of one bulk request. Its items are
 * counted from zero. The arrays must not be changed.
 */
final class Bulk {

  private static final ContentType NDJSON =
      ContentType.parse("application/vnd.elasticsearch+x-ndjson;compatible-with=9");

  /** A body up to this size fits into the buffer of a socket. */
  private static final int MAX_DECLARED_BYTES = 64 * 1024;

  private final Month month;
  private final int[] positions;
  private final byte[] bytes;
  private final int[] bounds;
  private final int from;
  private final int to;

  /**
   * States where events come from.
   *
   * @param index the index of the month
   * @param pending the events of the write, and their outcomes
   * @param repeats the positions of all events of the month that share an id, by that id
   */
  record Month(MonthIndex index, PendingEvents pending, Map<String, List<Integer>> repeats) {}

  /**
   * Creates the items {@code from} up to, but not including, {@code to} of a body.
   *
   * @param positions the position of each item of the body among the events of the write
   * @param bounds where each item begins in {@code bytes}, and where the last one ends
   */
  Bulk(Month month, int[] positions, byte[] bytes, int[] bounds, int from, int to) {
    this.month = month;
    this.positions = positions;
    this.bytes = bytes;
    this.bounds = bounds;
    this.from = from;
    this.to = to;
  }

  MonthIndex index() {
    return month.index();
  }

  PendingEvents pending() {
    return month.pending();
  }

  int size() {
    return to - from;
  }

  /** Returns the position of an item among the events of the write. */
  int position(int item) {
    return positions[from + item];
  }

  String id(int item) {
    return pending().id(position(item));
  }

  /** Returns the positions of all events with the id of an item; empty if it is the only one. */
  List<Integer> repeats(int item) {
    return month.repeats().isEmpty()
        ? List.of()
        : month.repeats().getOrDefault(id(item), List.of());
  }

  void settle(int item, WriteOutcome outcome) {
    pending().settle(position(item), outcome);
  }

  void settleAll(WriteOutcome outcome) {
    for (int item = 0; item < size(); item++) {
      settle(item, outcome);
    }
  }

  /**
   * Returns the body, to be sent in chunks if it is large: of a declared length that is too large,
   * Elasticsearch closes the connection while the body is still being sent, and its answer is lost.
   */
  HttpEntity body() {
    int length = bounds[to] - bounds[from];
    boolean chunked = length > MAX_DECLARED_BYTES;
    return new ByteArrayEntity(bytes, bounds[from], length, NDJSON, null, chunked);
  }

  /** Returns the items from {@code first} up to, but not including, {@code end}. */
  Bulk part(int first, int end) {
    return new Bulk(month, positions, bytes, bounds, from + first, from + end);
  }

  /** Returns some of the items, in the order of {@code items}. */
  Bulk only(List<Integer> items) {
    int[] chosen = new int[items.size()];
    int[] newBounds = new int[items.size() + 1];
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    for (int i = 0; i < chosen.length; i++) {
      int index = from + items.get(i);
      chosen[i] = positions[index];
      copy.write(bytes, bounds[index], bounds[index + 1] - bounds[index]);
      newBounds[i + 1] = copy.size();
    }
    return new Bulk(month, chosen, copy.toByteArray(), newBounds, 0, chosen.length);
  }
}
