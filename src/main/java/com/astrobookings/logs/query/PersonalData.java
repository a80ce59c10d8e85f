package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.kql.KqlQuery;
import com.astrobookings.logs.store.stats.StatsRequest;
import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Scope;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Restricts searches by personal data to callers with the scope for it. A search by a guessed value
 * tells whether the value exists, so such searches need the scope as much as the values do.
 */
final class PersonalData {

  private static final Set<String> FIELDS =
      EventSchema.fields().values().stream()
          .filter(Field::personal)
          .map(Field::path)
          .collect(Collectors.toUnmodifiableSet());

  private PersonalData() {}

  /**
   * Checks that the caller may search by everything in the query.
   *
   * @throws com.astrobookings.logs.web.ProblemException that names the scope that is missing
   */
  static void check(EventQuery query, Caller caller) {
    if (readsPersonalData(query)) {
      caller.require(Scope.PII, "Searching by personal data, or in texts, which may hold some,");
    }
  }

  /**
   * Checks that the caller may count by all the fields.
   *
   * @throws com.astrobookings.logs.web.ProblemException that names the scope that is missing
   */
  static void check(StatsRequest request, Caller caller) {
    if (request.by().stream().anyMatch(field -> isPersonal(field.path()))) {
      caller.require(Scope.PII, "Counting by personal data");
    }
  }

  private static boolean readsPersonalData(EventQuery query) {
    Stream<String> filtered = query.filters().stream().map(filter -> filter.path());
    Stream<String> asked = query.text() == null ? Stream.of() : query.text().fields().stream();
    return Stream.concat(filtered, asked).anyMatch(PersonalData::isPersonal);
  }

  private static boolean isPersonal(String path) {
    return FIELDS.contains(path)
        || KqlQuery.FREE_TEXT.stream()
            .anyMatch(text -> path.equals(text) || path.startsWith(text + "."));
  }
}
