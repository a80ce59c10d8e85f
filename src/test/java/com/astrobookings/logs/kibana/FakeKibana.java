package com.astrobookings.logs.kibana;

import com.astrobookings.logs.kibana.StandIn.Answer;
import com.astrobookings.logs.kibana.StandIn.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Answers as the documentation of Kibana says, as far as the loader sees it. */
final class FakeKibana implements Function<Request, Answer> {

  static final String IMPORTED = "{\"successCount\":1,\"success\":true,\"warnings\":[]}";
  private static final String STATUS =
      "{\"name\":\"kibana\",\"version\":{\"number\":\"9.5.3\",\"build_number\":1},"
          + "\"status\":{\"overall\":{\"level\":\"available\"}}}";

  private final Set<String> objects = ConcurrentHashMap.newKeySet();
  private final Map<String, Answer> exceptions = new HashMap<>();

  /** Answers requests whose method and target contain {@code part} otherwise. */
  FakeKibana but(String part, int status, String body) {
    exceptions.put(part, new Answer(status, body));
    return this;
  }

  @Override
  public Answer apply(Request request) {
    return exceptions.entrySet().stream()
        .filter(exception -> request.toString().contains(exception.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> usual(request));
  }

  private Answer usual(Request request) {
    String target = request.target();
    if (target.endsWith("/api/status")) {
      return new Answer(200, STATUS);
    }
    if (request.header("kbn-xsrf") == null) {
      return new Answer(400, "{\"message\":\"Request must contain a kbn-xsrf header.\"}");
    }
    if (target.contains("/api/saved_objects/_import")) {
      return new Answer(200, IMPORTED);
    }
    boolean isNew = objects.add(target);
    if (target.contains("/api/dashboards/") && request.method().equals("PUT")) {
      return new Answer(isNew ? 201 : 200, "{\"id\":\"x\",\"data\":{}}");
    }
    if (target.contains("/api/alerting/rule/")) {
      boolean create = request.method().equals("POST");
      return create && !isNew
          ? new Answer(409, "{\"statusCode\":409,\"message\":\"conflict\"}")
          : new Answer(200, "{\"id\":\"x\",\"enabled\":true}");
    }
    return new Answer(404, "{\"message\":\"Not Found\"}");
  }
}
