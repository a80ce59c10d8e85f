package com.astrobookings.logs.query.body;

import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.web.Problem.Fault;
import com.astrobookings.logs.web.Problem.Part;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.body.Body;
import com.astrobookings.logs.web.body.JsonText;
import com.astrobookings.logs.web.parameter.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Parses parameters from a JSON object: each member is a parameter, a list gives several values,
 * null is the same as an absent member.
 */
final class SearchBody {

  /** The parameters that may be numbers; times are milliseconds since 1970. */
  private static final Set<String> NUMBERS = Set.of("limit", "from", "to", "size");

  /** The parameters that may be true or false. */
  private static final Set<String> FLAGS = Set.of("exact", "raw");

  private final Map<String, List<@Nullable String>> values = new LinkedHashMap<>();
  private final Map<String, String> misfits = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  private SearchBody() {}

  /**
   * Returns the parameters in the body.
   *
   * @throws ProblemException if it is not a JSON object
   */
  static Parameters read(Body bytes) {
    JsonText text = JsonText.of(bytes);
    refuseIf(text.badUtf8());
    SearchBody body = new SearchBody();
    try (JsonParser parser = text.parser()) {
      try {
        body.read(parser);
        refuseIf(text.excess(parser));
      } catch (JacksonException e) {
        throw broken(text.fault(e, parser));
      }
    }
    return new Parameters(body.values, body.misfits, SearchBody::fault);
  }

  private static Fault fault(String name, String message) {
    return new Fault(Part.BODY, Violation.token(name), null, message);
  }

  private void read(JsonParser parser) {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw unreadable(
          first == null
              ? "The body is empty; it must be a JSON object, {} selects everything."
              : "The body is a JSON object whose members are the parameters.");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (names.add(name)) {
        member(name, parser);
      } else {
        repeated(name, parser);
      }
    }
  }

  /** Rejects a member that occurs twice, of which most parsers see the last one only. */
  private void repeated(String name, JsonParser parser) {
    values.computeIfAbsent(name, key -> new ArrayList<>());
    misfits.put(name, "is stated twice; state it once");
    parser.skipChildren();
  }

  private void member(String name, JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      value(name, parser);
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      value(name, parser);
    }
  }

  private void value(String name, JsonParser parser) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return;
    }
    List<@Nullable String> stated = values.computeIfAbsent(name, key -> new ArrayList<>());
    if (token.isStructStart()) {
      misfits.put(name, "must be a text, a number or a list of them");
      parser.skipChildren();
    } else if (isOfAnotherType(name, token)) {
      misfits.put(
          name,
          NUMBERS.contains(name)
              ? "must be a text or a number"
              : "must be a text; put it in quotes");
    } else {
      stated.add(parser.getString());
    }
  }

  /** Whether the type is wrong; members that are strings in events must be strings here. */
  private static boolean isOfAnotherType(String name, JsonToken token) {
    return (token.isBoolean() && !FLAGS.contains(name))
        || (token.isNumeric() && !NUMBERS.contains(name));
  }

  private static void refuseIf(@Nullable String fault) {
    if (fault != null) {
      throw broken(fault);
    }
  }

  private static ProblemException broken(String fault) {
    return unreadable("The body is not JSON at %s. Nothing was read.".formatted(fault));
  }

  private static ProblemException unreadable(String detail) {
    return new ProblemException(ProblemType.UNREADABLE_BODY, detail);
  }
}
