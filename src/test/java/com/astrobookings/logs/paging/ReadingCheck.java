package com.astrobookings.logs.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What has to be true of a reading while others write.
 *
 * @param matching the ids of all events that match the question and were ever sent, in the order
 *     asked for
 * @param searchable ids that every search saw before the reading began; others than matching ones
 *     may be among them
 * @param written for each writer the ids of what it wrote, in the order of writing; what a search
 *     has seen of a writer is everything up to some event, and nothing behind that one
 */
record ReadingCheck(List<String> matching, List<String> searchable, List<List<String>> written) {

  /**
   * Fails unless everything that the first page's search saw was read once and in its place.
   *
   * @param read ids, in the order of reading
   * @param totals how many matching events the search of each page saw
   */
  void accept(List<String> read, List<Long> totals, String reason) {
    Set<String> all = new HashSet<>(matching);
    Set<String> once = new HashSet<>(read);
    assertThat(read)
        .as("order, %s", reason)
        .isEqualTo(matching.stream().filter(once::contains).toList());
    assertThat(searchable.stream().filter(all::contains).filter(id -> !once.contains(id)))
        .as("left out, %s", reason)
        .isEmpty();
    assertThat(written.stream().mapToLong(ids -> withoutGap(ids, all, once)).sum())
        .as("read without gap, as many as the first page saw, %s", reason)
        .isGreaterThanOrEqualTo(totals.getFirst());
    assertThat(totals).as("what the pages saw, %s", reason).isSorted();
  }

  /**
   * How many matching events a writer had sent before the first that was not read. If a reading
   * left out nothing that a search saw, that search saw no more than these.
   */
  private static long withoutGap(List<String> written, Set<String> matching, Set<String> read) {
    return written.stream().filter(matching::contains).takeWhile(read::contains).count();
  }
}
