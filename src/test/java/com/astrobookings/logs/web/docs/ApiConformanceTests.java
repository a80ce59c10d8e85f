package com.astrobookings.logs.web.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.security.RouteSamples;
import com.astrobookings.logs.security.SecuredServer;
import com.astrobookings.logs.store.InMemoryEventStore;
import com.astrobookings.logs.web.docs.ApiClient.Response;
import com.astrobookings.logs.web.docs.OpenApi.Operation;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The description against a running service that needs no credential. */
@SpringBootTest(
    classes = SecuredServer.Rooms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "management.endpoint.health.validate-group-membership=false")
class ApiConformanceTests {

  private static final String LOGS = "/api/v1/logs";
  private static final String SEARCH = "/api/v1/logs/search";
  private static final String JSON_TYPE = "application/json";

  /** The page, which is no part of the API. */
  private static final String PAGE = "/swagger-ui";

  /** For people. */
  private static final Set<String> CONSOLE = Set.of("GET /", "GET /console/**");

  @Autowired private ApplicationContext application;
  @Autowired private InMemoryEventStore store;
  @LocalServerPort private int port;
  private ApiClient client;

  @BeforeEach
  void connect() {
    client = new ApiClient(port);
  }

  @AfterEach
  void forget() {
    store.clear();
  }

  @Test
  void isServedAsJsonAndAsYaml() {
    Response json = client.get("/v3/api-docs").isDescribedBy(OpenApi.operation("getDescription"));
    assertThat(json.json()).isEqualTo(OpenApi.document());
    Response yaml =
        client.get("/v3/api-docs.yaml").isDescribedBy(OpenApi.operation("getDescriptionAsYaml"));
    assertThat(yaml.body()).isEqualTo(OpenApi.text("openapi.yaml"));
  }

  @Test
  void describesEveryRouteAndNoOther() {
    Set<String> described =
        OpenApi.operations().stream()
            .map(operation -> route(operation.method(), operation.path()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(described)
        .isEqualTo(
            RouteSamples.running(application).stream()
                .map(route -> route.split(" ", 2))
                .map(route -> route(route[0], route[1]))
                .filter(route -> !route.contains(PAGE))
                .filter(route -> !CONSOLE.contains(route))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Without the names of path variables, which say nothing to clients. */
  private static String route(String method, String path) {
    return method.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{[^}]*}", "{}");
  }

  @Test
  void namesTheParametersOfEveryOperation() {
    for (Operation operation : OpenApi.operations()) {
      if (operation.path().startsWith(LOGS) && !hasParametersInItsBody(operation)) {
        Response refused =
            client
                .send(operation.method(), operation.path().replace("{id}", "x") + "?x=", json(), "")
                .isDescribedBy(operation);
        List<String> named =
            operation
                .parameters()
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .map(parameter -> parameter.path("name").asString())
                .toList();
        assertThat(allowed(refused)).as("%s", operation).hasSameElementsAs(named);
      }
    }
  }

  private static boolean hasParametersInItsBody(Operation operation) {
    return operation.method().equals("post") && !operation.path().equals(LOGS);
  }

  @ParameterizedTest
  @CsvSource({
    "searchLogs, SearchRequest",
    "countLogs, StatsRequest",
    "exportLogsByBody, ExportRequest"
  })
  void namesTheMembersOfABody(String id, String name) {
    Operation operation = OpenApi.operation(id);
    Response refused =
        client.post(operation.path(), JSON_TYPE, "{\"x\":\"\"}").isDescribedBy(operation);
    JsonNode schema = OpenApi.component("schemas", name);
    assertThat(allowed(refused))
        .hasSameElementsAs(
            Stream.concat(
                    schema.path("properties").propertyNames().stream(), Stream.of("label.<key>"))
                .toList());
    assertThat(schema.path("patternProperties").propertyNames())
        .allMatch(pattern -> pattern.startsWith("^label\\."));
  }

  private static Map<String, String> json() {
    return Map.of("Content-Type", JSON_TYPE);
  }

  private static List<String> allowed(Response refused) {
    assertThat(refused.status()).as(refused.body()).isEqualTo(400);
    String detail = refused.json().path("detail").asString();
    String names = detail.substring(detail.indexOf("here are ") + 9, detail.length() - 1);
    return List.of(names.split(", ", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"listLogs", "getStats", "getLog", "getContext", "writeLogs"})
  void showsValuesThatParametersCanHave(String id) {
    Operation operation = OpenApi.operation(id);
    List<String> tried = new ArrayList<>();
    operation
        .parameters()
        .filter(parameter -> parameter.path("in").asString().equals("query"))
        .forEach(parameter -> {
          String name = parameter.path("name").asString().replace("<key>", "region");
          values(parameter.path("schema"))
              .forEach(value -> {
                Response response = call(operation, name, value).isDescribedBy(operation);
                assertThat(response.status()).as("%s=%s", name, value).isIn(200, 201, 404);
                tried.add(name);
              });
        });
    assertThat(tried).isNotEmpty();
  }

  private static Stream<String> values(JsonNode schema) {
    return Stream.of(schema, schema.path("items"))
        .flatMap(it -> Stream.of("examples", "enum", "minimum", "maximum", "default").map(it::path))
        .flatMap(it -> it.isArray() ? it.valueStream() : Stream.of(it))
        .filter(it -> !it.isMissingNode())
        .map(JsonNode::asString);
  }

  private Response call(Operation operation, String name, String value) {
    String query = "?" + name + "=" + URLEncoder.encode(value, UTF_8);
    boolean writes = operation.method().equals("post");
    return client.send(
        operation.method(),
        operation.path().replace("{id}", "none") + query,
        json(),
        writes ? example("auth").toString() : null);
  }

  /** A page sends what it is given as the example of a parameter, whoever presses its button. */
  @Test
  void fillsInNothingThatNarrowsAList() {
    assertThat(OpenApi.operation("listLogs").parameters())
        .isNotEmpty()
        .noneMatch(parameter -> parameter.has("example") || parameter.has("examples"));
  }

  @Test
  void showsBodiesThatCanBeSent() {
    List<String> tried = new ArrayList<>();
    for (Operation operation : OpenApi.operations()) {
      operation
          .node()
          .at("/requestBody/content")
          .forEachEntry((type, content) ->
              content
                  .path("examples")
                  .forEachEntry((name, example) -> {
                    JsonNode value = OpenApi.resolve(example).path("value");
                    String body = value.isString() ? value.asString() : value.toString();
                    Response response =
                        client.post(operation.path(), type, body).isDescribedBy(operation);
                    assertThat(response.status()).as(response.body()).isIn(200, 201);
                    if (response.body().startsWith("{\"received\"")) {
                      assertThat(response.json().path("failed").asInt()).isZero();
                    }
                    tried.add(operation.node().path("operationId").asString() + " " + name);
                  }));
    }
    assertThat(tried)
        .contains("writeLogs auth", "writeLogs batch", "writeLogs lines", "searchLogs words");
  }

  @ParameterizedTest
  @EnumSource
  void showsAnEventOfEveryTypeThatIsReadAsDescribed(EventType type) {
    ObjectNode event = example(type.name().toLowerCase(Locale.ROOT));
    Response written =
        client
            .post(LOGS, JSON_TYPE, event.toString())
            .isDescribedBy(OpenApi.operation("writeLogs"));
    assertThat(written.status()).isEqualTo(201);
    Response read =
        client
            .get("/api/v1/" + written.headers().getFirst("Location"))
            .isDescribedBy(OpenApi.operation("getLog"));
    assertThat(read.json().propertyNames()).containsAll(event.propertyNames());
    JsonNode page =
        client.get(LOGS + "?limit=1").isDescribedBy(OpenApi.operation("listLogs")).json();
    assertThat(page.path("logs").get(0)).isEqualTo(read.json());
  }

  @Test
  void showsAnEventAPageAndAContextAsTheyAreRead() {
    client.post(LOGS, JSON_TYPE, example("auth").toString());
    ObjectNode log =
        (ObjectNode) client.get("/api/v1/logs/" + example("log").path("id").asString()).json();
    JsonNode receivedAt = example("log").path("receivedAt");
    assertThat(log.set("receivedAt", receivedAt)).isEqualTo(example("log"));

    String query = "?from=2024-08-11&to=2024-08-11&tz=Europe/Madrid";
    ObjectNode page = (ObjectNode) client.get(LOGS + query).json();
    ((ObjectNode) page.path("logs").get(0)).set("receivedAt", receivedAt);
    assertThat(page).isEqualTo(example("page"));

    ObjectNode context =
        (ObjectNode)
            client
                .get(LOGS + "/" + example("log").path("id").asString() + "/context")
                .isDescribedBy(OpenApi.operation("getContext"))
                .json();
    ((ObjectNode) context.path("logs").get(0)).set("receivedAt", receivedAt);
    assertThat(context).isEqualTo(example("context"));
  }

  @Test
  void describesPagesThatGoOn() {
    ArrayNode events = OpenApi.JSON.createArrayNode();
    Arrays.stream(EventType.values())
        .forEach(type -> events.add(example(type.name().toLowerCase(Locale.ROOT))));
    client.post(LOGS, JSON_TYPE, events.toString()).isDescribedBy(OpenApi.operation("writeLogs"));
    Response first =
        client.get(LOGS + "?limit=3&from=now-10y").isDescribedBy(OpenApi.operation("listLogs"));
    assertThat(first.headers().getFirst("Link")).isNotNull();
    Response found =
        client
            .post(SEARCH, JSON_TYPE, "{\"limit\":3}")
            .isDescribedBy(OpenApi.operation("searchLogs"));
    assertThat(found.json().path("next").asString()).isNotEmpty();
  }

  @Test
  void describesTheHealthOfTheService() {
    for (Operation operation : OpenApi.operations()) {
      if (operation.path().startsWith("/actuator")) {
        client.get(operation.path().replace("{component}", "ping")).isDescribedBy(operation);
      }
    }
  }

  static ObjectNode example(String name) {
    return (ObjectNode) OpenApi.component("examples", name).path("value").deepCopy();
  }
}
