package com.astrobookings.logs.elastic.read;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.ExpandWildcard;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.json.JsonpUtils;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.PageRequest.TotalMode;
import com.astrobookings.logs.store.SearchAfter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queries and their translations, which are the files in {@code elastic/search/}. */
class SearchRequestsTests {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant FROM = Instant.parse("2024-08-11T00:00:00Z");
  private static final Instant TO = Instant.parse("2024-08-12T23:59:59.999999999Z");
  private static final Instant BEYOND = Instant.parse("2262-04-11T23:47:16.854775808Z");

  private static final List<String> MONTHS =
      List.of("astrobookings-events-*", "-astrobookings-events-copy");

  private final SearchRequests requests = new SearchRequests(Duration.ofSeconds(30));

  static Stream<Arguments> questions() {
    return Stream.of(
        Arguments.of(
            "everything",
            new EventQuery(null, null, Set.of(), Order.ASC),
            page(100, null, TotalMode.BOUNDED)),
        Arguments.of(
            "two-days-of-two-types",
            new EventQuery(FROM, TO, Set.of(EventType.NOTIFY, EventType.AUTH), Order.ASC),
            page(10, null, TotalMode.EXACT)),
        Arguments.of(
            "newest-first-after-a-position",
            new EventQuery(FROM, null, Set.of(EventType.ERROR), Order.DESC),
            page(1_000, new SearchAfter(TO, "id-1"), TotalMode.NONE)),
        Arguments.of(
            "bounds-beyond-what-can-be-held",
            new EventQuery(Instant.MIN, Instant.MAX, Set.of(), Order.ASC),
            page(1, new SearchAfter(Instant.EPOCH, "a"), TotalMode.NONE)),
        Arguments.of(
            "up-to-the-last-nanosecond-but-one",
            new EventQuery(Instant.EPOCH.plusNanos(1), BEYOND.minusNanos(2), Set.of(), Order.ASC),
            page(1, null, TotalMode.NONE)));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void translates(String name, EventQuery query, PageRequest page) throws IOException {
    SearchRequest request = requests.page(query, page, MONTHS).orElseThrow();
    assertThat(json(request)).isEqualTo(file(name));
  }

  @Test
  void searchesEveryMonthAndTakesNothingButTheWholeAnswer() {
    SearchRequest request =
        requests
            .page(
                new EventQuery(null, null, Set.of(), Order.ASC),
                page(10, null, TotalMode.BOUNDED),
                MONTHS)
            .orElseThrow();
    assertThat(request.index()).isEqualTo(MONTHS);
    assertThat(request.expandWildcards())
        .containsExactly(ExpandWildcard.Open, ExpandWildcard.Closed);
    assertThat(request.allowNoIndices()).isTrue();
    assertThat(request.allowPartialSearchResults()).isFalse();
    assertThat(request.preference()).isEqualTo("preference-of-this-reading");
  }

  @ParameterizedTest
  @CsvSource({
    "1900-01-01T00:00:00Z, 1969-12-31T23:59:59.999999999Z",
    "2262-04-11T23:47:16.854775808Z, 2300-01-01T00:00:00Z"
  })
  void asksNothingWhereNothingCanBe(Instant from, Instant to) {
    assertThat(
            requests.page(
                new EventQuery(from, to, Set.of(), Order.ASC),
                page(10, null, TotalMode.BOUNDED),
                MONTHS))
        .isEmpty();
  }

  private static PageRequest page(int limit, @Nullable SearchAfter after, TotalMode total) {
    return new PageRequest(limit, after, "preference-of-this-reading", total);
  }

  private static JsonNode json(SearchRequest request) {
    return JSON.readTree(JsonpUtils.toJsonString(request, new Jackson3JsonpMapper()));
  }

  private static JsonNode file(String name) throws IOException {
    String path = "/elastic/search/" + name + ".json";
    try (InputStream in = SearchRequestsTests.class.getResourceAsStream(path)) {
      return JSON.readTree(in);
    }
  }
}
