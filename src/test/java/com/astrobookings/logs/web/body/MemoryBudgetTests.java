package com.astrobookings.logs.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import org.junit.jupiter.api.Test;

class MemoryBudgetTests {

  private final MemoryBudget budget = new MemoryBudget(100);

  @Test
  void isSharedByAllRequests() {
    try (MemoryBudget.Share one = budget.share();
        MemoryBudget.Share two = budget.share()) {
      one.raiseTo(60);
      two.raiseTo(40);

      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> two.raiseTo(41))
          .matches(e -> e.problem().type() == ProblemType.OVERLOADED);
      assertThat(budget.taken()).isEqualTo(100);
    }
    assertThat(budget.taken()).isZero();
  }

  @Test
  void countsTheLargestSizeOfARequestOnce() {
    try (MemoryBudget.Share share = budget.share()) {
      share.raiseTo(50);
      share.raiseTo(20);
      share.raiseTo(100);

      assertThat(budget.taken()).isEqualTo(100);
    }
  }

  @Test
  void getsAShareBackOnlyOnce() {
    MemoryBudget.Share share = budget.share();
    share.raiseTo(50);

    share.close();
    share.close();

    assertThat(budget.taken()).isZero();
  }

  @Test
  void givesNothingToARequestThatIsOver() {
    MemoryBudget.Share share = budget.share();
    share.close();

    share.raiseTo(50);

    assertThat(budget.taken()).isZero();
  }
}
