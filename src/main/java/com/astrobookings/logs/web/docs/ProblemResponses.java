package com.astrobookings.logs.web.docs;

import com.astrobookings.logs.web.ProblemType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** The problems of the catalogue as answers, one for each status. */
final class ProblemResponses {

  /** Whatever is asked. */
  static final List<ProblemType> OF_ANY_REQUEST =
      List.of(
          ProblemType.BAD_REQUEST,
          ProblemType.UNAUTHENTICATED,
          ProblemType.FORBIDDEN,
          ProblemType.NOT_ACCEPTABLE,
          ProblemType.TARGET_TOO_LONG,
          ProblemType.HEADERS_TOO_LARGE,
          ProblemType.MISDIRECTED,
          ProblemType.RATE_LIMITED,
          ProblemType.INTERNAL_ERROR);

  private ProblemResponses() {}

  static String nameOf(HttpStatus status) {
    return "Status" + status.value();
  }

  static Map<String, Object> all() {
    Map<HttpStatus, List<ProblemType>> byStatus =
        Arrays.stream(ProblemType.values())
            .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
    Map<String, Object> responses = new LinkedHashMap<>();
    byStatus.forEach((status, types) -> responses.put(nameOf(status), response(types)));
    return responses;
  }

  private static Map<String, Object> response(List<ProblemType> types) {
    Map<String, Object> examples = new LinkedHashMap<>();
    types.forEach(
        type -> examples.put(Api.lowerCase(type), Api.object("value", ProblemExamples.of(type))));
    Map<String, Object> response =
        Api.object(
            "description",
            types.stream().map(ProblemType::title).collect(Collectors.joining("; ")),
            "content",
            Api.content(
                MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                Api.object("schema", Api.schema("Problem"), "examples", examples)));
    if (types.stream().anyMatch(type -> type.retryAfter() != null)) {
      response.put(
          "headers", Api.object("Retry-After", Api.header("How many seconds to wait first.")));
    }
    return response;
  }

  static Map<String, Object> schema() {
    return Api.object(
        "type",
        "object",
        "description",
        "A problem as RFC 9457 has it.",
        "required",
        List.of("type", "title", "status", "detail", "traceId"),
        "properties",
        Api.object(
            "type", Api.enumOf(Arrays.stream(ProblemType.values()).map(ProblemType::uri).toList()),
            "title", Api.text(),
            "status", Api.object("type", "integer"),
            "detail", Api.text(),
            "traceId", Api.text(),
            "errors", Api.listOf(fault())));
  }

  private static Map<String, Object> fault() {
    return Api.object(
        "type", "object",
        "required", List.of("message"),
        "properties",
            Api.object(
                "parameter", Api.text(),
                "pointer", Api.object("type", "string", "format", "json-pointer"),
                "rule", Api.text(),
                "message", Api.text()));
  }
}
