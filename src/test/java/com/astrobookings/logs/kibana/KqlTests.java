package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.value.Result;
import com.astrobookings.logs.store.kql.KqlQuery;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** KQL silently finds nothing when a field or a value is misspelt. */
class KqlTests {

  private static final Map<String, List<String>> VALUES =
      Map.of(
          "event.code", Arrays.stream(EventType.values()).map(EventType::name).toList(),
          "event.outcome", Arrays.stream(Result.values()).map(Result::outcome).toList(),
          "log.level", List.of("info", "warn", "error"),
          "service.name", List.of("astrobookings-logs"));

  static Stream<String> queries() {
    return Kql.all();
  }

  @ParameterizedTest
  @MethodSource("queries")
  void everyQueryComparesFieldsThatAreStored(String query) {
    assertThat(EventSchema.fieldTypes().keySet()).containsAll(Kql.fields(query));
  }

  static Stream<String> statedQueries() {
    return queries().filter(query -> !query.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("statedQueries")
  void everyQueryIsOneThatTheServiceAnswersToo(String query) {
    assertThat(KqlQuery.parse(query, ZoneOffset.UTC, Instant.EPOCH).fields())
        .containsExactlyInAnyOrderElementsOf(Set.copyOf(Kql.fields(query)));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void everyQueryComparesWithValuesThatOccur(String query) {
    for (Kql condition : Kql.conditions(query)) {
      if (condition.operator().equals(":") && !condition.value().equals("*")) {
        assertThat(VALUES.getOrDefault(condition.field(), List.of())).contains(condition.value());
      }
    }
  }

  @Test
  void theConditionsOfAQueryAreRead() {
    assertThat(Kql.conditions("event.code : \"AUTH\" and not a.b >= 7 and x : *"))
        .containsExactly(
            new Kql("event.code", ":", "AUTH"), new Kql("a.b", ">=", "7"), new Kql("x", ":", "*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a : b",
        "a:\"b\"",
        "(a : \"b\")",
        "a : \"b\" or c : \"d\"",
        "word",
        "a : \"b\" AND c : \"d\""
      })
  void aQueryOfAnotherFormIsNotPassedOver(String query) {
    assertThatThrownBy(() -> Kql.conditions(query)).isInstanceOf(IllegalArgumentException.class);
  }
}
