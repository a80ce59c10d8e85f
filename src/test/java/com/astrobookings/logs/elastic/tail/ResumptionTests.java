package com.astrobookings.logs.elastic.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.store.tail.PositionGoneException;
import com.astrobookings.logs.store.tail.TailPosition;
import com.astrobookings.logs.store.tail.TailPosition.Month;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResumptionTests {

  private static final YearMonth MAY = YearMonth.of(2024, 5);
  private static final YearMonth JUNE = YearMonth.of(2024, 6);

  @Test
  void leavesAPositionOfTheSameMonthsAsItIs() {
    TailPosition position = position(month(MAY, 1, 5), month(JUNE, 2, 9));

    assertThat(align(position, position(month(MAY, 1, 7), month(JUNE, 2, 3)))).isSameAs(position);
  }

  @Test
  void beginsBeforeTheFirstEventOfANewMonth() {
    assertThat(align(position(month(JUNE, 2, 9)), position(month(MAY, 1, 7), month(JUNE, 2, 9))))
        .isEqualTo(position(month(MAY, 1, -1), month(JUNE, 2, 9)));
  }

  @Test
  void leavesOutADroppedMonthOfWhichEverythingWasRead() {
    TailPosition position = position(month(MAY, 1, 5), month(JUNE, 2, 9));

    assertThat(
            Resumption.align(position, position(month(JUNE, 2, 9)), Map.of(MAY, month(MAY, 1, 5))))
        .isEqualTo(position(month(JUNE, 2, 9)));
  }

  @Test
  void isImpossibleBehindADroppedMonth() {
    TailPosition position = position(month(MAY, 1, 5), month(JUNE, 2, 9));
    TailPosition known = position(month(JUNE, 2, 9));

    for (Map<YearMonth, Month> dropped :
        List.of(
            Map.<YearMonth, Month>of(),
            Map.of(MAY, month(MAY, 1, 6)),
            Map.of(MAY, month(MAY, 3, 5)))) {
      assertThatThrownBy(() -> Resumption.align(position, known, dropped))
          .isInstanceOf(PositionGoneException.class)
          .hasMessageContaining("2024-05 were dropped");
    }
  }

  @Test
  void isImpossibleInAnotherHistory() {
    TailPosition position = position(month(MAY, 1, 5));

    assertThatThrownBy(() -> align(position, position(month(MAY, 2, 5))))
        .isInstanceOf(PositionGoneException.class)
        .hasMessageContaining("2024-05 were restored or created anew");
  }

  private static TailPosition align(TailPosition position, TailPosition known) {
    return Resumption.align(position, known, Map.of());
  }

  private static TailPosition position(Month... months) {
    return new TailPosition(List.of(months), 0);
  }

  private static Month month(YearMonth month, int history, long last) {
    return new Month(month, history, List.of(last));
  }
}
