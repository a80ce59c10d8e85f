package com.astrobookings.logs.web.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBudgetTests {

  private final MemoryBudget budget = new MemoryBudget(100);

  @Test
  void isSharedByAllRequests() {
    try (MemoryBudget.Share one = budget.share();
        MemoryBudget.Share two = budget.share()) {
      assertThat(one.raiseTo(60, 0)).isTrue();
      assertThat(two.raiseTo(40, 0)).isTrue();

      assertThat(two.raiseTo(41, 0)).isFalse();
      assertThat(budget.taken()).isEqualTo(100);
    }
    assertThat(budget.taken()).isZero();
  }

  @Test
  void countsTheLargestSizeOfARequestOnce() {
    try (MemoryBudget.Share share = budget.share()) {
      share.raiseTo(50, 0);
      share.raiseTo(20, 0);
      share.raiseTo(100, 0);

      assertThat(budget.taken()).isEqualTo(100);
    }
  }

  @Test
  void leavesAReserve() {
    try (MemoryBudget.Share share = budget.share()) {
      assertThat(share.raiseTo(91, 10)).isFalse();
      assertThat(share.raiseTo(90, 10)).isTrue();
      assertThat(budget.taken()).isEqualTo(90);
    }
  }

  @Test
  void getsBackWhatAShareNoLongerNeeds() {
    try (MemoryBudget.Share share = budget.share()) {
      share.raiseTo(50, 0);
      share.lowerTo(60);
      assertThat(budget.taken()).isEqualTo(50);

      share.lowerTo(20);
      assertThat(budget.taken()).isEqualTo(20);
    }
    assertThat(budget.taken()).isZero();
  }

  @Test
  void getsAShareBackOnlyOnce() {
    MemoryBudget.Share share = budget.share();
    share.raiseTo(50, 0);

    share.close();
    share.close();

    assertThat(budget.taken()).isZero();
  }

  @Test
  void givesNothingToARequestThatIsOver() {
    MemoryBudget.Share share = budget.share();
    share.close();

    share.raiseTo(50, 0);

    assertThat(budget.taken()).isZero();
  }
}
