package com.astrobookings.logs.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.astrobookings.logs.event.Decoded;
import com.astrobookings.logs.event.value.EventLimits;
import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.event.value.Violation.Rule;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.body.Bodies;
import com.astrobookings.logs.web.body.Body;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventBatchDecoderTests {

  private static final Instant NOW = Instant.parse("2024-08-11T09:30:00Z");
  private static final String EVENT =
      "{\"type\":\"ERROR\",\"errorCode\":\"E\",\"errorMessage\":\"é\"}";
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final EventBatchDecoder decoder =
      new EventBatchDecoder(
          new EventLimits(1_000, 500, 500, Period.ofYears(10), Duration.ofHours(1)),
          () -> "id",
          10);

  @ParameterizedTest
  @ValueSource(strings = {"%s", " \r\n\t%s\n", BYTE_ORDER_MARK + "%s"})
  void findsOneEvent(String frame) {
    EventBatch batch = json(frame.formatted(EVENT));

    assertThat(batch.single()).isTrue();
    assertThat(batch.items()).singleElement().isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void findsEventsInAnArray() {
    EventBatch batch = json("[%s,5,%s,{},null,[]]".formatted(EVENT, EVENT));

    assertThat(batch.single()).isFalse();
    assertThat(batch.items())
        .hasExactlyElementsOfTypes(
            Decoded.Valid.class,
            Decoded.Invalid.class,
            Decoded.Valid.class,
            Decoded.Invalid.class,
            Decoded.Invalid.class,
            Decoded.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%s\n\n%s", "%s\r\n\r\n%s\r\n", "\n \n%s\n\t\n%s\n", BYTE_ORDER_MARK + "%s\n%s"})
  void findsEventsInLines(String frame) {
    EventBatch batch = lines(frame.formatted(EVENT, EVENT));

    assertThat(batch.single()).isFalse();
    assertThat(batch.items()).hasSize(2).hasOnlyElementsOfType(Decoded.Valid.class);
  }

  @Test
  void takesALineForABatch() {
    assertThat(lines(EVENT).single()).isFalse();
    assertThat(json("[" + EVENT + "]").single()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{                       | line 1, column 2: the text ends",
        "{\"a\":1                | line 1, column 7: the text ends",
        "[1,2                    | line 1, column 5: the text ends",
        "{\"a\":\"é              | line 1, column 8: the text ends",
        "[{},]                   | line 1, column 5: ] does not belong here",
        "{\"é\":1 \"b\":2}       | line 1, column 8: \" does not belong here",
        "{\"a\":tru}             | line 1, column 6: t does not belong here",
        "{\"a\":01}              | line 1, column 7: ",
        "{\"a\":+1}              | line 1, column 6: numbers have no plus sign in JSON",
        "+1                      | line 1, column 1: numbers have no plus sign in JSON",
        "{\"a\":1e+}             | line 1, column 9: } does not belong here",
        "{\"a\":.5}              | line 1, column 6: . does not",
        "{\"a\":NaN}             | line 1, column 6: JSON has no number NaN",
        "{\"é\": [-Infinity]}    | line 1, column 8: JSON has no number -Infinity",
        "[1,+Infinity            | line 1, column 4: JSON has no number +Infinity",
        "NaN                     | line 1, column 1: JSON has no number NaN",
        "{} NaN                  | line 1, column 4: JSON has no number NaN",
        "{\"a\":\"NaN\"NaN}      | line 1, column 11: N does not belong here",
        "{'a':1}                 | line 1, column 2: ' does not belong here; JSON has strings in double",
        "{\"a\":1}/*             | line 1, column 8: JSON has no comments",
        "{}{}                    | line 1, column 3: { does not belong here",
        "{} x                    | line 1, column 4: x does not belong here",
        "[{}] ]                  | line 1, column 6: ] does not belong here",
        "[{\"a\":\"🚀\" 🚀       | line 1, column 11: 🚀 does not belong here",
        "[\"\\x\"]               | line 1, column 4: x does not belong here",
        "[\"\\ud8\"]             | line 1, column 7: \" does not",
        "x                       | line 1, column 1: x does not",
        "}                       | line 1, column 1: } does not"
      })
  void saysWhereAnArrayOrObjectIsBroken(String text, String place) {
    Problem problem = problem(() -> json(text));

    assertThat(problem.type()).isEqualTo(ProblemType.UNREADABLE_BODY);
    assertThat(problem.detail())
        .startsWith("The body is not JSON at " + place)
        .endsWith("Nothing was stored.")
        .doesNotContain("Feature", "token", "REDACTED", "code ");
  }

  @Test
  void countsLines() {
    assertThat(problem(() -> json("[\n" + EVENT + ",\r\n  {\"a\":}\n]")).detail())
        .contains("line 3, column 8: } does not belong here");
    assertThat(problem(() -> json("{\"a\":\"x\ny\"}")).detail())
        .contains("line 1, column 8: a control character");
  }

  @ParameterizedTest
  @CsvSource({"{\"a\":\"\u00ff\"}, 7", "\u00c0\u00af, 1", "{\"\u00ed\u00a0\u0080\":1}, 3"})
  void refusesOtherBytesThanUtf8(String bytes, int column) {
    assertThat(problem(() -> json(bytes, ISO_8859_1)).detail())
        .contains("line 1, column %d: the bytes are not UTF-8".formatted(column));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void refusesOtherUnicode(String charset) {
    assertThat(problem(() -> json(EVENT, Charset.forName(charset))).detail())
        .contains("send UTF-8, not UTF-16");
  }

  @Test
  void takesFiveHundredLevelsButNotMore() {
    String deep = "{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}";
    assertThat(json(deep).items()).singleElement().isInstanceOf(Decoded.Invalid.class);

    String deeper = "[{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}]";
    assertThat(problem(() -> json(deeper)).detail()).contains("line 1, column", "nested too deep");
  }

  @Test
  void survivesMillionsOfLevels() {
    assertThat(problem(() -> json("[".repeat(5_000_000))).detail()).contains("nested too deep");
  }

  @Test
  void namesTheBrokenLineAndTakesItsNeighbours() {
    EventBatch batch = lines(EVENT + "\n\n{\"a\":}\n" + EVENT + "x\n" + EVENT + "\n{\"b\n");

    assertThat(batch.items()).hasSize(5);
    assertThat(violation(batch, 1))
        .isEqualTo(
            new Violation(
                "", Rule.SYNTAX, "is not JSON at line 3, column 6: } does not belong here"));
    assertThat(violation(batch, 2).message()).startsWith("is not JSON at line 4, column 52: x");
    assertThat(violation(batch, 4).message())
        .isEqualTo("is not JSON at line 6, column 4: the text ends in the middle of a value");
    assertThat(batch.items().get(0)).isInstanceOf(Decoded.Valid.class);
    assertThat(batch.items().get(3)).isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void namesTheLineThatIsNotUtf8() {
    EventBatch batch = decoder.decode(body("{}\n\u00ff\n{}", ISO_8859_1), BodyFormat.NDJSON, NOW);

    assertThat(batch.items()).hasSize(3);
    assertThat(violation(batch, 1).message())
        .isEqualTo("is not JSON at line 2, column 1: the bytes are not UTF-8");
  }

  @Test
  void namesTheLineThatIsTooLongWithItsId() {
    String event = EVENT.replace("{", "{\"id\":\"a\",\"timestamp\":\"2024-08-11T00:00:00Z\",");
    EventBatch batch = lines(event.replace("é", "é".repeat(500)) + "\n" + EVENT);

    assertThat(batch.items().getFirst())
        .isInstanceOfSatisfying(
            Decoded.Invalid.class,
            invalid -> {
              assertThat(invalid.id()).isEqualTo("a");
              assertThat(invalid.violations()).extracting(Violation::rule).contains(Rule.SIZE);
            });
    assertThat(batch.items().getLast()).isInstanceOf(Decoded.Valid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \r\n\t ", "[]", " [ ] ", BYTE_ORDER_MARK})
  void refusesABodyWithoutEvents(String text) {
    Problem problem = problem(() -> json(text));

    assertThat(problem.type()).isEqualTo(ProblemType.UNREADABLE_BODY);
    assertThat(problem.detail()).isEqualTo("The body holds no event. Send at least one.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", " \r\n\t\n", BYTE_ORDER_MARK})
  void refusesLinesWithoutEvents(String text) {
    assertThat(problem(() -> lines(text)).detail()).contains("holds no event");
  }

  @Test
  void takesAsManyEventsAsTheLimitAndNotMore() {
    String ten = (EVENT + ",").repeat(9) + EVENT;
    assertThat(json("[" + ten + "]").items()).hasSize(10);
    assertThat(lines(ten.replace("},", "}\n")).items()).hasSize(10);

    assertThat(problem(() -> json("[" + ten + ",1]")).type()).isEqualTo(ProblemType.TOO_LARGE);
    assertThat(problem(() -> lines((EVENT + "\n").repeat(11))).type())
        .isEqualTo(ProblemType.TOO_LARGE);
  }

  @Test
  void neverFailsInAnyOtherWay() {
    Random random = new Random(7);
    byte[] seed =
        ("[{\"type\":\"RECONCILE\",\"timeTakenSeconds\":-1.5e3,\"labels\":{\"a\":\"\\u00e9é🚀\"},"
                + "\"id\":null,\"x\":[true,false,null,{}]}]")
            .getBytes(UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] mutant = seed.clone();
      for (int change = 0; change <= random.nextInt(3); change++) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      BodyFormat format = random.nextBoolean() ? BodyFormat.JSON : BodyFormat.NDJSON;
      try {
        assertThat(decoder.decode(Bodies.of(mutant), format, NOW).items()).isNotEmpty();
      } catch (ProblemException e) {
        assertThat(e.problem().type()).isIn(ProblemType.UNREADABLE_BODY, ProblemType.TOO_LARGE);
      }
    }
  }

  private static Violation violation(EventBatch batch, int index) {
    List<Violation> violations = ((Decoded.Invalid) batch.items().get(index)).violations();
    assertThat(violations).hasSize(1);
    return violations.getFirst();
  }

  @Test
  void keepsNothingOfBlankLinesWhateverTheirNumber() {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    Body body = body("\n".repeat(4_000_000) + EVENT, UTF_8);

    long before = threads.getCurrentThreadAllocatedBytes();
    EventBatch batch = decoder.decode(body, BodyFormat.NDJSON, NOW);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(batch.items()).singleElement().isInstanceOf(Decoded.Valid.class);
    assertThat(allocated).isLessThan(4_000_000);
  }

  private static Problem problem(Runnable decoding) {
    return catchThrowableOfType(ProblemException.class, decoding::run).problem();
  }

  private EventBatch json(String text) {
    return json(text, UTF_8);
  }

  private EventBatch json(String text, Charset charset) {
    return decoder.decode(body(text, charset), BodyFormat.JSON, NOW);
  }

  private EventBatch lines(String text) {
    return decoder.decode(body(text, UTF_8), BodyFormat.NDJSON, NOW);
  }

  private static Body body(String text, Charset charset) {
    return Bodies.of(text.getBytes(charset));
  }
}
