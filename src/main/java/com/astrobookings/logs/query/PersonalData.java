package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.kql.KqlQuery;
import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Scope;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may see personal data, and search by it: counting what a guess finds is seeing it. */
final class PersonalData {

  private static final Set<String> FIELDS =
      EventSchema.fields().values().stream()
          .filter(Field::personal)
          .map(Field::path)
          .collect(Collectors.toUnmodifiableSet());

  private PersonalData() {}

  /**
   * Ends the request if it searches by personal data and the caller may not.
   *
   * @throws com.astrobookings.logs.web.ProblemException that names the scope that is missing
   */
  static void check(EventQuery query, Caller caller) {
    if (looksAtPersonalData(query)) {
      caller.require(Scope.PII, "Searching by personal data, or in texts, which may hold some,");
    }
  }

  private static boolean looksAtPersonalData(EventQuery query) {
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
