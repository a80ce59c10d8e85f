package com.astrobookings.logs.kibana;

import com.astrobookings.logs.kibana.StandIn.Answer;
import com.astrobookings.logs.kibana.StandIn.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps objects in spaces and refuses what Kibana refuses, as far as the loader meets it: a request
 * without {@code kbn-xsrf} or of another version of the API, a key that is unknown or missing
 * (400), an identifier that another space has (409 for dashboards and rules; an import gives the
 * object a new one and calls that a success), a rule that is there already (409).
 *
 * <p>Sources in elastic/kibana: {@code dashboard/server/api} and {@code alerting/server/routes} for
 * the statuses, {@code core/packages/saved-objects/import-export-server-internal/src/import} for
 * {@code destinationId}.
 */
final class FakeKibana implements Function<Request, Answer> {

  private static final String VERSION = "2023-10-31";
  private static final Pattern PATH =
      Pattern.compile("(?:/s/([^/]+))?/api/(dashboards|alerting/rule)/([^/?]+)");
  private static final String STATUS =
      "{\"name\":\"kibana\",\"version\":{\"number\":\"9.5.3\",\"build_number\":1},"
          + "\"status\":{\"overall\":{\"level\":\"available\"}}}";

  private final Set<String> spaces;
  private final Map<String, Stored> objects = new ConcurrentHashMap<>();
  private final Map<String, Answer> exceptions = new HashMap<>();

  /** An object in its space. */
  record Stored(String space, JsonNode body) {}

  /** A Kibana with the default space and these. */
  FakeKibana(String... spaces) {
    this.spaces = Set.of(spaces);
  }

  /** Answers requests whose method and target contain {@code part} otherwise. */
  FakeKibana but(String part, int status, String body) {
    exceptions.put(part, new Answer(status, body));
    return this;
  }

  /** The objects of a space by type and identifier, "dashboards/astro-auth" for instance. */
  Map<String, JsonNode> objects(String space) {
    return objects.entrySet().stream()
        .filter(entry -> entry.getValue().space().equals(space))
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().body()));
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
      return refusal(400, "Request must contain a kbn-xsrf header.");
    }
    if (!VERSION.equals(request.header("Elastic-Api-Version"))) {
      return refusal(400, "No version " + request.header("Elastic-Api-Version") + " available");
    }
    if (target.startsWith("/api/spaces/space/")) {
      boolean known = spaces.contains(target.substring("/api/spaces/space/".length()));
      return known ? new Answer(200, "{}") : refusal(404, "Not Found");
    }
    if (target.endsWith("/api/saved_objects/_import?overwrite=true")) {
      return imported(request);
    }
    Matcher path = PATH.matcher(target);
    return path.matches()
        ? stored(request, space(path.group(1)), path.group(2), path.group(3))
        : refusal(404, "Not Found");
  }

  private Answer imported(Request request) {
    String space =
        space(request.target().startsWith("/s/") ? request.target().split("/", -1)[2] : null);
    ObjectNode answer = Assets.JSON.createObjectNode().put("success", true);
    ArrayNode results = answer.putArray("successResults");
    for (String line : request.body().lines().filter(l -> l.startsWith("{\"type\"")).toList()) {
      JsonNode object = Assets.JSON.readTree(line);
      String key = object.path("type").asString() + "/" + object.path("id").asString();
      ObjectNode result = results.addObject().put("id", object.path("id").asString());
      Stored there = objects.putIfAbsent(key, new Stored(space, object));
      if (there != null && !there.space().equals(space)) {
        result.put("destinationId", "0b1cd2d0-6f3b-4a51-a1c8-4d4c6d0a9f17");
      }
    }
    return new Answer(200, answer.put("successCount", results.size()).toString());
  }

  private Answer stored(Request request, String space, String type, String id) {
    String key = type + "/" + id;
    Stored there = objects.get(key);
    boolean here = there != null && there.space().equals(space);
    if (request.method().equals("GET")) {
      return here ? found(type, id, there.body()) : refusal(404, "Saved object not found");
    }
    JsonNode body = Assets.JSON.readTree(request.body());
    boolean dashboard = type.equals("dashboards");
    boolean create = request.method().equals("POST");
    Shape shape =
        dashboard ? DashboardShape.DASHBOARD : create ? RuleShape.RULE : RuleShape.REPLACEMENT;
    List<String> problems = shape.problems(body);
    if (!problems.isEmpty()) {
      return refusal(400, message(problems));
    }
    if (there != null && (!here || create)) {
      return refusal(409, "Saved object [" + key + "] conflict");
    }
    if (there == null && !dashboard && !create) {
      return refusal(404, "Saved object [" + key + "] not found");
    }
    objects.put(key, new Stored(space, body));
    return new Answer(dashboard && there == null ? 201 : 200, found(type, id, body).body());
  }

  private static Answer found(String type, String id, JsonNode body) {
    ObjectNode answer = Assets.JSON.createObjectNode().put("id", id);
    if (type.equals("dashboards")) {
      answer.set("data", body);
    } else {
      answer.put("enabled", true).putObject("execution_status").put("status", "ok");
    }
    return new Answer(200, answer.toString());
  }

  /** Kibana lists all alternatives that it has tried before it comes to the one that was meant. */
  private static String message(List<String> problems) {
    List<String> lines = new ArrayList<>(List.of("[request body]: types that failed validation:"));
    for (int i = 0; i < 20; i++) {
      lines.add("- [request body.panels.0.%d.type]: expected value to equal [x%d]".formatted(i, i));
    }
    for (String problem : problems) {
      String path = problem.substring(0, problem.indexOf(':')).replace('/', '.');
      lines.add(
          problem.contains("unknown key")
              ? "- [request body%s.%s]: definition for this key is missing"
                  .formatted(path, problem.substring(problem.lastIndexOf(' ') + 1))
              : "- [request body%s]: %s, but got [undefined]".formatted(path, problem));
    }
    return String.join("\n", lines);
  }

  static Answer refusal(int status, String message) {
    ObjectNode body = Assets.JSON.createObjectNode().put("statusCode", status);
    return new Answer(status, body.put("error", "Refused").put("message", message).toString());
  }

  private static String space(@Nullable String name) {
    return name == null ? "default" : name;
  }
}
