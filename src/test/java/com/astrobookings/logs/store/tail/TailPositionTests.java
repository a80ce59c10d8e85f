package com.astrobookings.logs.store.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.tail.TailPosition.Month;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailPositionTests {

  private static final Month AUGUST = new Month(YearMonth.of(2024, 8), -7, List.of(41L, -1L, 3L));
  private static final Month JANUARY =
      new Month(YearMonth.of(2025, 1), 99, List.of(5_000_000_000L));

  private static final TailPosition POSITION = new TailPosition(List.of(AUGUST, JANUARY), 12);

  @Test
  void isDecodedAsItWasEncoded() {
    assertThat(TailPosition.decode(POSITION.encode())).isEqualTo(POSITION);
    TailPosition empty = new TailPosition(List.of(), 0);
    assertThat(TailPosition.decode(empty.encode())).isEqualTo(empty);
  }

  @Test
  void isDecodedWhateverItHolds() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      TailPosition position = random(random);
      assertThat(TailPosition.decode(position.encode())).isEqualTo(position);
    }
  }

  private static TailPosition random(Random random) {
    List<Month> months = new ArrayList<>();
    YearMonth month = YearMonth.of(1970, 1);
    for (int i = random.nextInt(14); i > 0; i--) {
      month = month.plusMonths(1 + random.nextInt(20));
      List<Long> last =
          Stream.generate(() -> (random.nextLong() >>> (1 + random.nextInt(63))) - 1)
              .limit(1 + random.nextInt(3))
              .toList();
      months.add(new Month(month, random.nextInt(), last));
    }
    return new TailPosition(months, random.nextInt(1_001));
  }

  @Test
  void isShortForTwoYears() {
    List<Month> months =
        Stream.iterate(YearMonth.of(2024, 1), month -> month.plusMonths(1))
            .limit(24)
            .map(month -> new Month(month, month.hashCode() * 7919, List.of(3_000_000L)))
            .toList();

    assertThat(new TailPosition(months, 0).encode()).hasSizeLessThan(340);
  }

  @Test
  void doesNotAcceptAChangedCharacter() {
    String text = POSITION.encode();
    for (int i = 0; i < text.length(); i++) {
      for (char other : new char[] {'A', 'x', '_', '=', ' '}) {
        String changed = text.substring(0, i) + other + text.substring(i + 1);
        if (!changed.equals(text)) {
          refuses(changed);
        }
      }
      refuses(text.substring(0, i));
      refuses(text + text.charAt(i));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "é", "AQAA", "AQABwM0BAAAABwECqTM0gQ", "//////////8="})
  void doesNotAcceptOtherTexts(String text) {
    refuses(text);
  }

  private static void refuses(String text) {
    assertThatThrownBy(() -> TailPosition.decode(text))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("is not a position of this service");
  }

  @Test
  void movesOneShard() {
    assertThat(POSITION.at(0, 1, 8).months().getFirst().last()).containsExactly(41L, 8L, 3L);
    assertThat(POSITION.at(1, 0, 8).months()).containsExactly(AUGUST, JANUARY.at(0, 8));
  }
}
