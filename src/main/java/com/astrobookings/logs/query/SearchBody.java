package com.astrobookings.logs.query;

import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.web.Problem.Fault;
import com.astrobookings.logs.web.Problem.Part;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * A question as a JSON object: the members are the parameters, a list states several values of one,
 * null is the same as nothing.
 */
final class SearchBody {

  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, List<@Nullable String>> values = new LinkedHashMap<>();
  private final List<String> nested = new ArrayList<>();

  private SearchBody() {}

  /**
   * The parameters that the body states.
   *
   * @throws ProblemException if it is not a JSON object
   */
  static Parameters read(byte[] bytes, int length) {
    SearchBody body = new SearchBody();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, 0, length)) {
      body.read(parser);
    } catch (StreamConstraintsException e) {
      throw unreadable("The body is nested too deep, or holds too long a number.");
    } catch (JacksonException e) {
      throw unreadable(
          "The body is not JSON at line %d, column %d."
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
    Parameters parameters = new Parameters(body.values, SearchBody::fault);
    body.nested.forEach(
        name -> parameters.fault(name, "must be a text, a number or a list of them"));
    return parameters;
  }

  private static Fault fault(String name, String message) {
    return new Fault(Part.BODY, Violation.token(name), null, message);
  }

  private void read(JsonParser parser) {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw unreadable(
          first == null
              ? "The body is empty; a question is a JSON object, {} asks for everything."
              : "A question is a JSON object whose members are the parameters.");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      member(name, parser);
    }
    if (parser.nextToken() != null) {
      throw unreadable("The body goes on after the question has ended.");
    }
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
    if (parser.currentToken().isStructStart()) {
      nested.add(name);
      parser.skipChildren();
    } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
      values.computeIfAbsent(name, key -> new ArrayList<>()).add(parser.getString());
    }
  }

  private static ProblemException unreadable(String detail) {
    return new ProblemException(ProblemType.UNREADABLE_BODY, detail);
  }
}
