package com.astrobookings.logs.paging;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of readings can fail. */
class ReadingCheckTests {

  private static final List<String> MATCHING = List.of("a b c d e f".split(" ", -1));

  /**
   * Two writers, one of which has also sent x, which does not match. Searches see the first two.
   */
  private static final ReadingCheck CHECK =
      new ReadingCheck(
          MATCHING,
          List.of("x", "d", "a", "e"),
          List.of(List.of("d", "x", "a", "c"), List.of("e", "b", "f")));

  @ParameterizedTest
  @CsvSource({"a d e, 3", "a d e f, 3", "a b d e, 4", "a b c d e f, 3", "a b c d e f, 6"})
  void acceptsWhatTheFirstPageSawAndWhatCameLater(String read, long total) {
    assertThatCode(() -> check(read, total)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "a e, 3, left out",
    "'', 3, left out",
    "a b c d, 3, left out",
    "a d e e, 3, order",
    "a a d e, 3, order",
    "a d e a d e, 3, order",
    "d a e, 3, order",
    "a d x e, 3, order",
    "a d e z, 3, order",
    "a d e, 4, read without gap",
    "a d e f, 4, read without gap",
    "a b d e f, 6, read without gap",
  })
  void noticesWhatIsSkippedRepeatedOrOutOfPlace(String read, long total, String what) {
    assertThatThrownBy(() -> check(read, total))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(what);
  }

  @Test
  void noticesAPageThatSawLessThanTheOneBefore() {
    assertThatThrownBy(() -> CHECK.accept(MATCHING, List.of(4L, 5L, 3L), "here"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("what the pages saw, here");
  }

  private static void check(String read, long total) {
    CHECK.accept(
        read.isEmpty() ? List.of() : List.of(read.split(" ", -1)), List.of(total, 6L), "here");
  }
}
