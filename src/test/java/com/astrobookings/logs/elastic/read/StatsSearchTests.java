package com.astrobookings.logs.elastic.read;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.PointInTimeReference;
import co.elastic.clients.json.JsonpUtils;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import com.astrobookings.logs.elastic.aggregation.CompositePage;
import com.astrobookings.logs.elastic.aggregation.Ranking;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.stats.Dimension;
import com.astrobookings.logs.store.stats.EventStats.Counts;
import com.astrobookings.logs.store.stats.EventStats.Groups;
import com.astrobookings.logs.store.stats.EventStats.Value;
import com.astrobookings.logs.store.stats.Interval;
import com.astrobookings.logs.store.stats.StatsRequest;
import com.astrobookings.logs.store.stats.StatsRequest.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests for statistics and their searches, which are the files in {@code elastic/stats/}. */
class StatsSearchTests {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> MONTHS = List.of("astrobookings-events-*");
  private static final EventQuery ALL = new EventQuery(null, null, Set.of(), Order.ASC);
  private static final EventQuery ERRORS =
      new EventQuery(
          Instant.parse("2024-08-12T00:00:00Z"), null, Set.of(EventType.ERROR), Order.ASC);
  private static final Dimension TYPE = new Dimension("type", "event.code");
  private static final Dimension TEAM = new Dimension("label.team", "labels.team");
  private static final Dimension GROUP = new Dimension("errorGroup", "error.grouping_key");
  private static final PointInTimeReference POINT = PointInTimeReference.of(p -> p.id("p-1"));

  static Stream<Arguments> searches() {
    Ranking ranking = new Ranking(2);
    ranking.add("AUTH", "a", 2);
    ranking.add("AUTH", null, 7);
    ranking.add("ERROR", "b", 3);
    ranking.complete();
    return Stream.of(
        Arguments.of("totals", search(ALL).counts(null)),
        Arguments.of("errors-by-hour", search(ERRORS).counts(Interval.HOUR)),
        Arguments.of("error-groups", search(ERRORS, GROUP).counts(null)),
        Arguments.of("weeks-by-type-and-team", search(ALL, TYPE, TEAM).counts(Interval.WEEK)),
        Arguments.of("hours-by-type", search(ALL, TYPE).countsOfValues(Interval.HOUR)),
        Arguments.of("known-values", search(ALL, TYPE, TEAM).counts(null, POINT, ranking)),
        Arguments.of("period", search(ALL).period()),
        Arguments.of("first-page-of-values", search(ALL, TYPE).page(POINT, null)),
        Arguments.of(
            "next-page-of-labels",
            search(ALL, TYPE, TEAM).page(POINT, new CompositePage.Entry("AUTH", null, 7))),
        Arguments.of("ends-of-groups", search(ERRORS, GROUP).ends(List.of(value()))));
  }

  private static StatsSearch search(EventQuery query, Dimension... by) {
    StatsRequest request =
        new StatsRequest(new Resolution.None(), ZoneId.of("Europe/Madrid"), List.of(by), 3, false);
    return new StatsSearch(
        new SearchRequests(Duration.ofSeconds(30)),
        MONTHS,
        SearchRequests.filters(query).orElseThrow(),
        query,
        request);
  }

  private static Value value() {
    return new Value(
        "4bf9",
        new Counts(3, 0),
        Instant.parse("2024-08-12T10:00:00.123Z"),
        Instant.parse("2024-08-12T11:00:00Z"),
        Groups.NONE,
        null,
        List.of());
  }

  @ParameterizedTest
  @MethodSource("searches")
  void translates(String name, SearchRequest search) throws IOException {
    assertThat(JSON.readTree(JsonpUtils.toJsonString(search, new Jackson3JsonpMapper())))
        .isEqualTo(file(name));
  }

  @Test
  void searchesEveryMonthAndTakesNothingButTheWholeAnswer() {
    SearchRequest request = search(ALL).counts(null);
    assertThat(request.index()).isEqualTo(MONTHS);
    assertThat(request.expandWildcards())
        .containsExactly(ExpandWildcard.Open, ExpandWildcard.Closed);
    assertThat(request.allowPartialSearchResults()).isFalse();
  }

  private static JsonNode file(String name) throws IOException {
    String path = "/elastic/stats/" + name + ".json";
    try (InputStream in = StatsSearchTests.class.getResourceAsStream(path)) {
      return JSON.readTree(in);
    }
  }
}
