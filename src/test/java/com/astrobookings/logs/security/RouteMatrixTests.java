package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.web.Scope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every route of the running application with every kind of credential. */
@SecuredServer
class RouteMatrixTests {

  private static final JsonMapper JSON = new JsonMapper();

  private static final String EVENT =
      """
      {"type":"ERROR","errorCode":"E1","errorMessage":"x"}\
      """;

  /**
   * A request and what it must find.
   *
   * @param scope what it needs; null if nothing
   * @param status the answer to whoever may send it
   */
  private record Sample(String path, @Nullable Scope scope, int status) {
    String withoutQuery() {
      return path.split("[?]", 2)[0];
    }
  }

  /** Written by hand, apart from the service's own table: that is what makes it a test. */
  private static final Map<String, Sample> SAMPLES =
      Map.ofEntries(
          Map.entry("POST /api/v1/logs", new Sample("/api/v1/logs", Scope.INGEST, 201)),
          Map.entry("GET /api/v1/logs", new Sample("/api/v1/logs?limit=1", Scope.READ, 200)),
          Map.entry("POST /api/v1/logs/search", new Sample("/api/v1/logs/search", Scope.READ, 400)),
          Map.entry("GET /api/v1/logs/{id}", new Sample("/api/v1/logs/none", Scope.READ, 404)),
          Map.entry("GET /actuator/health", new Sample("/actuator/health", Scope.ADMIN, 200)),
          Map.entry(
              "GET /actuator/health/{*path}",
              new Sample("/actuator/health/ping", Scope.ADMIN, 200)),
          Map.entry(
              "GET /actuator/health/liveness", new Sample("/actuator/health/liveness", null, 200)),
          Map.entry(
              "GET /actuator/health/readiness",
              new Sample("/actuator/health/readiness", null, 200)),
          Map.entry("GET /actuator/info", new Sample("/actuator/info", Scope.ADMIN, 200)),
          Map.entry("GET /v3/api-docs", new Sample("/v3/api-docs", null, 200)),
          Map.entry("GET /swagger-ui.html", new Sample("/swagger-ui.html", null, 307)),
          Map.entry("GET /swagger-ui/**", new Sample("/swagger-ui/index.html", null, 200)),
          Map.entry(
              "GET /swagger-ui/swagger-initializer.js",
              new Sample("/swagger-ui/swagger-initializer.js", null, 200)),
          Map.entry(
              "GET /actuator/prometheus", new Sample("/actuator/prometheus", Scope.METRICS, 200)));

  private static final Pattern FUNCTION = Pattern.compile("\\(([A-Z]+) && ([^ )]+)\\)");

  private static final List<String> OTHER_METHODS =
      List.of("OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "FOO", "get");

  /** Routes that the framework maps as part of a wider one. */
  private static final List<String> WITHIN_OTHERS =
      List.of("GET /actuator/health/liveness", "GET /actuator/health/readiness");

  /** Of whom each sends one request, because refused credentials are counted. */
  private static final AtomicInteger clients = new AtomicInteger();

  private final HttpClient http = HttpClient.newHttpClient();

  @Autowired private ApplicationContext application;
  @LocalServerPort private int port;

  @Test
  void everyRouteIsInTheTable() {
    assertThat(routes()).contains("POST /api/v1/logs").isSubsetOf(SAMPLES.keySet());
  }

  private Set<String> routes() {
    Set<String> routes = new TreeSet<>();
    application
        .getBeansOfType(RequestMappingInfoHandlerMapping.class)
        .values()
        .forEach(mapping ->
            mapping
                .getHandlerMethods()
                .keySet()
                .forEach(route -> names(route).forEach(routes::add)));
    application
        .getBeansOfType(AbstractUrlHandlerMapping.class)
        .values()
        .forEach(
            mapping -> mapping.getHandlerMap().keySet().forEach(path -> routes.add("GET " + path)));
    application
        .getBeansOfType(RouterFunctionMapping.class)
        .values()
        .forEach(mapping -> addFunctions(mapping.getRouterFunction(), routes));
    return routes;
  }

  /** They describe themselves as {@code (GET && /path)}. */
  private static void addFunctions(@Nullable RouterFunction<?> function, Set<String> routes) {
    if (function != null) {
      function
          .toString()
          .lines()
          .map(line -> FUNCTION.matcher(line))
          .filter(Matcher::find)
          .filter(found -> !found.group(1).equals("HEAD"))
          .forEach(found -> routes.add(found.group(1) + " " + found.group(2)));
      assertThat(function.toString()).containsPattern(FUNCTION);
    }
  }

  private static Stream<String> names(RequestMappingInfo route) {
    assertThat(route.getMethodsCondition().getMethods()).as(route.toString()).isNotEmpty();
    return route.getMethodsCondition().getMethods().stream()
        .flatMap(method ->
            route.getPatternsCondition().getPatterns().stream()
                .map(pattern -> method + " " + pattern));
  }

  @TestFactory
  Stream<DynamicTest> everyCredentialReachesExactlyAsFarAsItsScopes() {
    Set<String> running = routes();
    running.addAll(WITHIN_OTHERS);
    return SAMPLES.entrySet().stream()
        .filter(route -> running.contains(route.getKey()))
        .flatMap(route ->
            CredentialKind.all().entrySet().stream()
                .map(credential ->
                    DynamicTest.dynamicTest(
                        route.getKey() + " with " + credential.getKey(),
                        () -> check(route.getKey(), route.getValue(), credential.getValue()))));
  }

  @TestFactory
  Stream<DynamicTest> otherMethodsAreAnsweredWithThoseThatThePathKnows() {
    return SAMPLES.values().stream()
        .map(Sample::withoutQuery)
        .distinct()
        .flatMap(path ->
            CredentialKind.all().entrySet().stream()
                .map(credential ->
                    DynamicTest.dynamicTest(
                        path + " with " + credential.getKey(),
                        () -> checkOtherMethods(path, credential.getValue()))));
  }

  private void checkOtherMethods(String path, CredentialKind credential) throws Exception {
    for (String method : OTHER_METHODS) {
      Sample sample = new Sample(path, null, method.equals("OPTIONS") ? 204 : 405);
      boolean open = credential.scopes() != null || method.equals("OPTIONS");
      HttpResponse<String> answer = send(method, sample, credential);

      assertThat(answer.statusCode())
          .as(method)
          .isEqualTo(open && !credential.challenged() ? sample.status() : 401);
      if (answer.statusCode() == 401) {
        problem(answer, "unauthenticated");
      } else {
        assertThat(answer.headers().allValues("Allow")).containsExactly(allowed(path));
      }
      if (answer.statusCode() == 405) {
        assertThat(problem(answer, "method-not-allowed").path("detail").asString())
            .contains(method);
      }
    }
  }

  private static String allowed(String path) {
    Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
    SAMPLES.forEach((route, sample) -> {
      if (sample.withoutQuery().equals(path)) {
        methods.add(route.substring(0, route.indexOf(' ')));
      }
    });
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(",", methods);
  }

  private void check(String route, Sample sample, CredentialKind credential) throws Exception {
    String method = route.substring(0, route.indexOf(' '));
    HttpResponse<String> answer = send(method, sample, credential);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected(sample, credential));
    if (method.equals("GET")) {
      HttpResponse<String> head = send("HEAD", sample, credential);
      assertThat(head.statusCode()).as("HEAD").isEqualTo(answer.statusCode());
      assertThat(head.body()).isEmpty();
    }
    assertThat(answer.headers().firstValue("X-Trace-Id")).isPresent();
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    if (answer.statusCode() == 401) {
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .containsExactly(
              "Bearer realm=\"astrobookings-logs\""
                  + (credential.challenged() ? ", error=\"invalid_token\"" : ""));
      problem(answer, "unauthenticated");
    }
    if (answer.statusCode() == 403) {
      String scope = sample.scope().text();
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .containsExactly("Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
      JsonNode problem = problem(answer, "forbidden");
      assertThat(problem.path("scope").asString()).isEqualTo(scope);
      assertThat(problem.path("detail").asString()).contains(scope);
    }
  }

  private static int expected(Sample sample, CredentialKind credential) {
    if (credential.scopes() == null && (credential.challenged() || sample.scope() != null)) {
      return 401;
    }
    boolean allowed = sample.scope() == null || credential.scopes().contains(sample.scope());
    return allowed ? sample.status() : 403;
  }

  private static JsonNode problem(HttpResponse<String> answer, String type) {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("type").asString()).isEqualTo("urn:astrobookings:logs:problem:" + type);
    assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
    return problem;
  }

  private HttpResponse<String> send(String method, Sample sample, CredentialKind credential)
      throws Exception {
    int client = clients.incrementAndGet();
    List<String> headers =
        new ArrayList<>(
            List.of(
                "Content-Type",
                "application/json",
                "X-Forwarded-For",
                "198.18.%d.%d".formatted(client / 256, client % 256)));
    if (credential.authorization() != null) {
      headers.addAll(List.of("Authorization", credential.authorization()));
    }
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + sample.path()))
            .method(
                method,
                method.equals("POST") ? BodyPublishers.ofString(EVENT) : BodyPublishers.noBody())
            .headers(headers.toArray(String[]::new))
            .build(),
        BodyHandlers.ofString());
  }
}
