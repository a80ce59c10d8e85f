package com.astrobookings.logs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.event.value.InvalidValueException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTests {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static final Instant ASKED = Instant.parse("2024-08-12T10:20:00.5Z");
  private static final Instant EARLY = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATE = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final Fingerprint QUESTION =
      Fingerprint.of(new TreeMap<>(Map.of("order", List.of("asc"))));
  private static final SearchAfter PLACE =
      new SearchAfter(Instant.parse("2024-08-12T10:15:30.123456789Z"), "booking:4711");

  @Test
  void givesBackWhatItHolds() {
    for (Cursor cursor :
        List.of(
            new Cursor(ASKED, EARLY, LATE, QUESTION, PLACE, "0a1b"),
            new Cursor(ASKED, null, LATE, QUESTION, PLACE, "a"),
            new Cursor(ASKED, EARLY, null, QUESTION, PLACE, "a"),
            new Cursor(ASKED, EARLY, EARLY, QUESTION, PLACE, "a"),
            new Cursor(
                ASKED,
                null,
                null,
                QUESTION,
                new SearchAfter(Instant.EPOCH, "x"),
                "f".repeat(64)))) {
      assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
    }
  }

  @Test
  void staysBelowItsBoundAndFitsIntoAnUrlUnchanged() {
    SearchAfter longest = new SearchAfter(PLACE.timestamp(), "x".repeat(128));
    String text = new Cursor(ASKED, EARLY, LATE, QUESTION, longest, "f".repeat(64)).encode();
    assertThat(text).hasSizeLessThanOrEqualTo(Cursor.MAX_LENGTH).matches("[A-Za-z0-9_-]+");
    assertThat(Cursor.decode(text).last()).isEqualTo(longest);
  }

  @Test
  void isRefusedWhenAnyOneCharacterIsAnother() {
    for (String id : List.of("a", "ab", "abc")) {
      SearchAfter place = new SearchAfter(PLACE.timestamp(), id);
      String text = new Cursor(ASKED, EARLY, null, QUESTION, place, "0a1b").encode();
      for (int i = 0; i < text.length(); i++) {
        for (char other : (ALPHABET + "=+/ .é").toCharArray()) {
          if (other != text.charAt(i)) {
            assertRefused(text.substring(0, i) + other + text.substring(i + 1));
          }
        }
      }
    }
  }

  @Test
  void isRefusedWhenItWasCutOrGrew() {
    String text = new Cursor(ASKED, EARLY, LATE, QUESTION, PLACE, "0a1b").encode();
    for (int length = 0; length < text.length(); length++) {
      assertRefused(text.substring(0, length));
      assertRefused(text.substring(length + 1));
    }
    for (String surplus : List.of("A", "AA", "AAAA", "=", " ", text)) {
      assertRefused(text + surplus);
      assertRefused(surplus + text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "next", "eyJwYWdlIjoyfQ", "AQAA", "AAAA", "AQMAAAAAAAAAAAAAAAAAAAAA"})
  void isRefusedWhenSomebodyElseMadeIt(String text) {
    assertRefused(text);
  }

  @Test
  void isRefusedWhenNoReadingCanHaveComeThere() {
    byte[] bytes =
        Base64.getUrlDecoder()
            .decode(new Cursor(ASKED, null, null, QUESTION, PLACE, "abc").encode());
    int preference = bytes.length - 8 - 3;
    bytes[preference] = '_';
    byte[] content = Arrays.copyOf(bytes, bytes.length - 8);
    System.arraycopy(Fingerprint.digest(content, 8), 0, bytes, content.length, 8);
    assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    assertThatThrownBy(() -> new Cursor(ASKED, LATE, EARLY, QUESTION, PLACE, "abc"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Cursor(ASKED, null, null, QUESTION, new SearchAfter(LATE, "a"), "abc"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsQuestionsApart() {
    List<Map<String, List<String>>> questions =
        List.of(
            Map.of(),
            Map.of("a", List.of()),
            Map.of("a", List.of("b")),
            Map.of("a", List.of("b", "c")),
            Map.of("a", List.of("bc")),
            Map.of("ab", List.of("c")),
            Map.of("a", List.of("b"), "c", List.of()),
            Map.of("a", List.of("ü")));
    assertThat(questions.stream().map(TreeMap::new).map(Fingerprint::of))
        .doesNotHaveDuplicates()
        .allSatisfy(fingerprint -> assertThat(fingerprint.hex()).matches("[0-9a-f]{32}"));
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> Cursor.decode(text))
        .as(text)
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("leave it out to begin again");
  }
}
