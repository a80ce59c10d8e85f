package com.astrobookings.logs.elastic.tail;

import com.astrobookings.logs.store.tail.PositionGoneException;
import com.astrobookings.logs.store.tail.TailPosition;
import com.astrobookings.logs.store.tail.TailPosition.Month;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves positions from the months that they know to those that exist. Pure. */
final class Resumption {

  private Resumption() {}

  /**
   * Returns a position of the months of {@code known}, in their order: months that are new to it
   * stand before their first event, and dropped ones are left out.
   *
   * @param dropped where the months ended that no longer exist, as far as that is known
   * @throws PositionGoneException if events after the position may be lost: a month was dropped
   *     before they were read, or its sequence numbers have begun anew
   */
  static TailPosition align(
      TailPosition position, TailPosition known, Map<YearMonth, Month> dropped) {
    if (haveSameMonths(position, known)) {
      return position;
    }
    Map<YearMonth, Month> before = Checkpoints.byMonth(position);
    List<Month> aligned = new ArrayList<>();
    for (Month month : known.months()) {
      Month read = before.remove(month.month());
      checkHistory(read, month);
      aligned.add(read == null ? month.atStart() : read);
    }
    before.values().forEach(left -> checkRead(left, dropped.get(left.month())));
    return new TailPosition(aligned, position.remaining());
  }

  private static boolean haveSameMonths(TailPosition position, TailPosition known) {
    List<Month> months = position.months();
    if (months.size() != known.months().size()) {
      return false;
    }
    for (int i = 0; i < months.size(); i++) {
      Month other = known.months().get(i);
      if (!months.get(i).month().equals(other.month())
          || months.get(i).history() != other.history()) {
        return false;
      }
    }
    return true;
  }

  private static void checkHistory(@Nullable Month read, Month now) {
    if (read != null
        && (read.history() != now.history() || read.last().size() != now.last().size())) {
      throw new PositionGoneException(
          "The events of %s were restored or created anew since this position."
              .formatted(now.month()));
    }
  }

  private static void checkRead(Month left, @Nullable Month end) {
    if (end == null || end.history() != left.history() || !left.reaches(end)) {
      throw new PositionGoneException(
          "The events of %s were dropped, and some of them may lie behind this position."
              .formatted(left.month()));
    }
  }
}
