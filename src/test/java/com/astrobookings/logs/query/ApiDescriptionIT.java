package com.astrobookings.logs.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The description of the API against the API. */
class ApiDescriptionIT extends RunningService {

  private static final Pattern LINKED = Pattern.compile("(?:src|href)=\"\\./([^\"]+)\"");

  @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;

  @Test
  void describesEveryRouteAndNoOther() {
    Set<String> described = new TreeSet<>();
    description()
        .path("paths")
        .forEachEntry((path, operations) ->
            operations.forEachEntry((method, it) -> described.add(method + " " + path)));
    assertThat(described).isEqualTo(routes());
  }

  private Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    requestMappingHandlerMapping
        .getHandlerMethods()
        .forEach((info, handler) -> {
          if (handler.getBeanType().getName().startsWith("com.astrobookings")) {
            routes(info).forEach(routes::add);
          }
        });
    routes.remove("get /v3/api-docs");
    return routes;
  }

  private static Stream<String> routes(RequestMappingInfo info) {
    return info.getPatternsCondition().getPatterns().stream()
        .flatMap(pattern ->
            info.getMethodsCondition().getMethods().stream()
                .map(method -> method.name().toLowerCase(Locale.ROOT) + " " + pattern));
  }

  @Test
  void pointsToNothingThatIsNotThere() {
    JsonNode description = description();
    List<String> references =
        description.findValues("$ref").stream().map(JsonNode::asString).toList();
    assertThat(references)
        .isNotEmpty()
        .allSatisfy(reference ->
            assertThat(description.at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
  }

  @Test
  void namesTheParametersOfAList() {
    JsonNode refusal = JSON.readTree(get(logs("?unknown=1")).body());
    String detail = refusal.path("detail").asString();
    String names = detail.substring(detail.indexOf("are ") + 4, detail.length() - 1);
    assertThat(parameters().map(parameter -> parameter.path("name").asString()))
        .containsExactlyInAnyOrder(names.split(", ", -1));
  }

  @Test
  void showsValuesThatParametersCanHave() {
    List<String> tried = new ArrayList<>();
    parameters()
        .forEach(parameter -> {
          String name = parameter.path("name").asString().replace("<key>", "region");
          JsonNode schema = parameter.path("schema");
          Stream.of(schema, schema.path("items"))
              .flatMap(it -> Stream.of(it.path("examples"), it.path("enum")))
              .flatMap(JsonNode::valueStream)
              .forEach(value -> {
                URI uri = logs("?" + name + "=" + URLEncoder.encode(value.asString(), UTF_8));
                assertThat(get(uri).statusCode()).as("%s", uri).isEqualTo(200);
                tried.add(name);
              });
        });
    assertThat(tried).contains("from", "to", "tz", "q", "userId", "label.region", "ipAddress");
  }

  /** A page sends what it is given as the example of a parameter, whoever presses its button. */
  @Test
  void fillsInNothingThatNarrowsAList() {
    assertThat(parameters())
        .noneMatch(parameter -> parameter.has("example") || parameter.has("examples"));
  }

  @Test
  void showsBodiesThatCanBeSent() {
    List<String> tried = new ArrayList<>();
    for (String path : List.of("/api/v1/logs", "/api/v1/logs/search")) {
      description()
          .at("/paths/%s/post/requestBody/content".formatted(path.replace("/", "~1")))
          .forEachEntry((type, content) ->
              bodies(content)
                  .forEach(body -> {
                    String text = body.isString() ? body.asString() : body.toString();
                    assertThat(post(path, type, text).statusCode()).as(text).isIn(200, 201);
                    tried.add(path + " " + type);
                  }));
    }
    assertThat(tried)
        .contains(
            "/api/v1/logs application/json",
            "/api/v1/logs application/x-ndjson",
            "/api/v1/logs/search application/json");
  }

  private static List<JsonNode> bodies(JsonNode content) {
    List<JsonNode> bodies = new ArrayList<>();
    content.path("examples").forEach(example -> bodies.add(example.path("value")));
    if (content.has("example")) {
      bodies.add(content.path("example"));
    }
    assertThat(bodies).as("%s", content).isNotEmpty();
    return bodies;
  }

  @Test
  void findsTheEventThatItShows() {
    List<JsonNode> examples = new ArrayList<>();
    description()
        .at("/components/schemas")
        .forEach(schema -> schema.path("examples").forEach(examples::add));
    assertThat(examples).hasSize(4);
    examples.forEach(example ->
        assertThat(post("/api/v1/logs", "application/json", example.toString()).statusCode())
            .as("%s", example)
            .isIn(200, 201));
    String id =
        description().at("/paths/~1api~1v1~1logs~1{id}/get/parameters/0/example").asString();
    assertThat(get(logs("/" + id)).statusCode()).isEqualTo(200);
  }

  @Test
  void knowsTheMembersOfEvents() {
    List<JsonNode> schemas = new ArrayList<>();
    description()
        .path("components")
        .path("schemas")
        .forEachEntry((name, schema) -> {
          if (name.startsWith("Log") && schema.has("properties")) {
            schemas.add(schema);
          }
        });
    write(events.within(start, 40));
    JsonNode page = JSON.readTree(get(logs("?from=%s&to=%s".formatted(start, end))).body());
    assertThat(page.path("logs").valueStream().map(event -> event.path("type").asString()))
        .as("seed %d", seed)
        .hasSize(40)
        .contains("AUTH", "ERROR", "RECONCILE", "NOTIFY");
    page.path("logs")
        .forEach(event -> {
          JsonNode schema =
              schemas.stream()
                  .filter(it -> event.path("type").equals(it.at("/properties/type/const")))
                  .findAny()
                  .orElseThrow();
          assertThat(schema.path("properties").propertyNames()).containsAll(event.propertyNames());
        });
  }

  @Test
  void isShownByAPage() {
    URI page = logs("").resolve("/swagger-ui/index.html");
    HttpResponse<String> answer = get(page);
    assertThat(answer.statusCode()).isEqualTo(200);
    List<String> files =
        LINKED.matcher(answer.body()).results().map(found -> found.group(1)).toList();
    assertThat(files).contains("swagger-initializer.js", "swagger-ui-bundle.js");
    for (String file : files) {
      assertThat(get(page.resolve(file)).statusCode()).as(file).isEqualTo(200);
    }
    assertThat(get(page.resolve("swagger-initializer.js")).body()).contains("'../v3/api-docs'");
    HttpResponse<String> shortcut = get(page.resolve("/swagger-ui.html"));
    assertThat(shortcut.statusCode()).isEqualTo(307);
    assertThat(shortcut.headers().firstValue("Location")).hasValue("swagger-ui/index.html");
  }

  private Stream<JsonNode> parameters() {
    return description().at("/paths/~1api~1v1~1logs/get/parameters").valueStream();
  }

  private JsonNode description() {
    return JSON.readTree(get(logs("").resolve("/v3/api-docs")).body());
  }

  private HttpResponse<String> post(String path, String type, String body) {
    return send(
        HttpRequest.newBuilder(logs("").resolve(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }
}
