package com.astrobookings.logs.web.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Serves the OpenAPI document. */
@RestController
final class ApiDescription {

  private final byte[] document;

  ApiDescription(ObjectProvider<ApiPart> parts) {
    this.document = new JsonMapper().writeValueAsBytes(document(parts.stream().toList()));
  }

  @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
  byte[] document() {
    return document;
  }

  private static Map<String, Object> document(List<ApiPart> parts) {
    return Api.object(
        "openapi", "3.1.0",
        "info", info(),
        "servers", List.of(Api.object("url", "/")),
        "security", List.of(Api.object("bearer", List.of()), Api.object()),
        "tags",
            List.of(
                Api.object("name", "Write", "description", "For those who report events."),
                Api.object("name", "Read", "description", "For those who look for them.")),
        "paths", paths(parts),
        "components",
            Api.object(
                "schemas", schemas(),
                "responses", ProblemResponses.all(),
                "securitySchemes", Api.object("bearer", bearer())));
  }

  private static Map<String, Object> info() {
    return Api.object(
        "title", "AstroBookings Logs",
        "version", "1",
        "description",
            "Takes events, each once, and gives them back complete and in order.\n\n"
                + "A failure is a problem as RFC 9457 has it: `detail` says what to do, `errors`"
                + " names every mistake at once. Every answer carries `X-Trace-Id`; the log of the"
                + " service has it, too.");
  }

  private static Map<String, Object> bearer() {
    return Api.object(
        "type", "http",
        "scheme", "bearer",
        "description",
            "An API key or an access token, without the word Bearer. None is needed while the"
                + " service has no credentials and listens on loopback only.");
  }

  private static Map<String, Map<String, Object>> paths(List<ApiPart> parts) {
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    for (ApiPart part : parts) {
      part.paths()
          .forEach((path, operations) ->
              paths.computeIfAbsent(path, key -> new TreeMap<>()).putAll(operations));
    }
    return paths;
  }

  private static Map<String, Object> schemas() {
    Map<String, Object> schemas = new LinkedHashMap<>(EventSchemas.all());
    schemas.put("Problem", ProblemResponses.schema());
    return schemas;
  }
}
