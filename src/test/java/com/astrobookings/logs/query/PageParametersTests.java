package com.astrobookings.logs.query;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.Cursor;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.SearchAfter;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.Problem.Fault;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.parameter.Parameters;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

class PageParametersTests {

  private static final Instant NOW = Instant.parse("2024-08-12T10:00:00Z");
  private static final StoredEvent LAST = new Events(1).next("last", NOW);

  @Test
  void asksForTheFirstHundredOfEverythingUnlessToldOtherwise() {
    assertThat(read(""))
        .isEqualTo(
            new PageParameters(
                new EventQuery(null, null, Set.of(), Order.ASC),
                new PageRequest(100, null, "preference", TotalMode.BOUNDED),
                NOW,
                read("").fingerprint()));
  }

  @Test
  void readsWhatWasStated() {
    PageParameters question =
        read(
            "from=now-1h&to=2024-08-12&tz=Asia/Kathmandu&type=AUTH,ERROR&type=NOTIFY&order=desc"
                + "&limit=1000&total=none");
    assertThat(question.query())
        .isEqualTo(
            new EventQuery(
                Instant.parse("2024-08-12T09:00:00Z"),
                Instant.parse("2024-08-12T18:14:59.999999999Z"),
                Set.of(EventType.AUTH, EventType.ERROR, EventType.NOTIFY),
                Order.DESC));
    assertThat(question.page())
        .isEqualTo(new PageRequest(1_000, null, "preference", TotalMode.NONE));
  }

  @Test
  void continuesWithTheBoundsAndTheCopiesOfTheFirstPage() {
    String parameters = "from=now-1h&to=now&type=AUTH";
    String cursor = next(read(parameters + "&limit=10"));
    PageParameters second =
        read(parameters + "&limit=20&total=exact&cursor=" + cursor, NOW.plusSeconds(60));
    assertThat(second.query()).isEqualTo(read(parameters).query());
    assertThat(second.page())
        .isEqualTo(
            new PageRequest(20, SearchAfter.of(LAST.event()), "preference", TotalMode.EXACT));
    assertThat(next(second)).isEqualTo(cursor);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type=AUTH&type=ERROR    | type=ERROR,AUTH,AUTH",
        "tz=UTC&order=asc        | order=asc&tz=UTC",
        "order=asc               | limit=7",
      })
  void takesTheSameQuestionInOtherWords(String first, String second) {
    assertThat(read(second + "&cursor=" + next(read(first))).page().after())
        .isEqualTo(SearchAfter.of(LAST.event()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "from=now-1h             | from=now-2h",
        "from=now-1h             | -",
        "-                       | to=2024-08-12",
        "to=2024-08-12           | from=2024-08-12",
        "type=AUTH               | type=AUTH,ERROR",
        "type=AUTH               | -",
        "order=desc              | -",
        "from=2024-08-12         | from=2024-08-12&tz=Europe/Madrid",
      })
  void refusesTheCursorOfAnotherQuestion(@Nullable String first, @Nullable String second) {
    String cursor = next(read(String.valueOf(first == null ? "" : first)));
    assertThat(faults((second == null ? "" : second + "&") + "cursor=" + cursor))
        .containsExactly(
            new Fault(
                "cursor",
                "belongs to other parameters; repeat all parameters of the first page (only limit"
                    + " and total may change), or leave the cursor out to begin again"));
  }

  @Test
  void givesNoCursorWhenNothingFollows() {
    assertThat(read("").next(new EventPage(List.of(LAST), false, null))).isNull();
  }

  @Test
  void keepsItsPlaceWhenAPageIsEmptyThoughMoreFollows() {
    String cursor = next(read(""));
    assertThat(read("cursor=" + cursor).next(new EventPage(List.of(), true, null)))
        .isEqualTo(cursor);
    assertThat(Cursor.decode(cursor).last()).isEqualTo(SearchAfter.of(LAST.event()));
  }

  @Test
  void namesEveryFaultAndEveryParameterAtOnce() {
    Problem problem = problem("limit=0&tipe=AUTH&from=x&order=up&type=AUTH,x,y&cursor=z");
    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_PARAMETER);
    assertThat(problem.errors())
        .extracting(Fault::location)
        .containsExactly("from", "type", "type", "order", "limit", "cursor", "tipe");
    assertThat(problem.detail())
        .endsWith(
            "the parameters here are from, to, tz, type, source, traceId, label.<key>, userId, email,"
                + " ipAddress, outcome, errorCode, process, jobId, notificationType, recipient, q,"
                + " order, limit, total, cursor.");
  }

  @Test
  void answersManyFaultsWithABoundedText() {
    String many = String.join("&", Collections.nCopies(500, "type=x"));
    assertThat(faults(many))
        .containsExactly(new Fault("type", "has 500 values; at most 100 are accepted"));
    String more = String.join(",", Collections.nCopies(99, "x"));
    assertThat(faults("type=" + more + "&a=1&b=1&c=1&d=1")).hasSize(100);
    assertThat(faults("x".repeat(5_000) + "=1").getFirst().location())
        .isEqualTo("x".repeat(64) + "…");
  }

  @Test
  void takesTwoHundredValuesOfFiltersInAll() {
    String most = labels(99) + "&" + String.join("&", userIds(100)) + "&traceId=t";
    assertThat(read(most).query().filters()).hasSize(101);
    assertThat(faults(most + "&source=a&source=b"))
        .containsExactly(
            new Fault("userId", "from here on there are more than 200 values of filters"));
    assertThat(faults(labels(5_000)))
        .containsExactly(
            new Fault("label.k200", "from here on there are more than 200 values of filters"));
  }

  private static String labels(int count) {
    return IntStream.range(0, count).mapToObj(i -> "label.k" + i + "=").collect(joining("&"));
  }

  private static List<String> userIds(int count) {
    return IntStream.range(0, count).mapToObj(i -> "userId=" + i).toList();
  }

  @Test
  void looksForWhatWasMeantTenTimes() {
    String unknown =
        IntStream.range(0, 500).mapToObj(i -> "notificationType" + i + "=").collect(joining("&"));
    assertThat(faults(unknown))
        .hasSize(100)
        .filteredOn(fault -> fault.message().endsWith("did you mean notificationType?"))
        .hasSize(10);
  }

  private static String next(PageParameters question) {
    return question.next(new EventPage(List.of(LAST), true, null));
  }

  private static List<Fault> faults(String query) {
    return problem(query).errors();
  }

  private static Problem problem(String query) {
    return catchThrowableOfType(ProblemException.class, () -> read(query)).problem();
  }

  private static PageParameters read(String query) {
    return read(query, NOW);
  }

  private static PageParameters read(String query, Instant now) {
    MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
    Arrays.stream(query.split("&"))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .forEach(
            pair -> values.add(pair[0], pair.length == 1 ? null : pair[1].replace("%2B", "+")));
    return PageParameters.read(new Parameters(values), now, () -> "preference");
  }
}
