package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.web.Scope;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/** A request for every route, and the routes that a running application has. */
public final class RouteSamples {

  /**
   * A request and what it must find.
   *
   * @param scope what it needs; null if nothing
   * @param status the answer to whoever may send it
   * @param body what a POST sends
   */
  record Sample(String path, @Nullable Scope scope, int status, String body) {
    Sample(String path, @Nullable Scope scope, int status) {
      this(path, scope, status, "");
    }

    String withoutQuery() {
      return path.split("[?]", 2)[0];
    }

    /** The request, without a credential. */
    HttpRequest.Builder request(String method, String service) {
      return HttpRequest.newBuilder(URI.create(service + path))
          .header("Content-Type", "application/json")
          .method(
              method,
              method.equals("POST") ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
    }
  }

  private static final String EVENT =
      """
      {"type":"ERROR","errorCode":"E1","errorMessage":"x"}\
      """;

  private static final String QUESTION =
      """
      {"type":"ERROR","limit":1}\
      """;

  /** Written by hand, apart from the service's own table: that is what makes it a test. */
  static final Map<String, Sample> ALL =
      Map.ofEntries(
          Map.entry("POST /api/v1/logs", new Sample("/api/v1/logs", Scope.INGEST, 201, EVENT)),
          Map.entry("GET /api/v1/logs", new Sample("/api/v1/logs?limit=1", Scope.READ, 200)),
          Map.entry(
              "POST /api/v1/logs/search",
              new Sample("/api/v1/logs/search", Scope.READ, 200, QUESTION)),
          Map.entry(
              "GET /api/v1/logs/stats", new Sample("/api/v1/logs/stats?by=type", Scope.READ, 200)),
          Map.entry(
              "POST /api/v1/logs/stats",
              new Sample("/api/v1/logs/stats", Scope.READ, 200, "{\"by\":\"type\"}")),
          Map.entry("GET /api/v1/logs/{id}", new Sample("/api/v1/logs/none", Scope.READ, 404)),
          // Refused, because a tail does not end.
          Map.entry(
              "GET /api/v1/logs/tail", new Sample("/api/v1/logs/tail?last=x", Scope.READ, 400)),
          Map.entry(
              "GET /api/v1/logs/export", new Sample("/api/v1/logs/export", Scope.EXPORT, 200)),
          Map.entry(
              "POST /api/v1/logs/export",
              new Sample("/api/v1/logs/export", Scope.EXPORT, 200, "{}")),
          Map.entry(
              "GET /api/v1/logs/{id}/context",
              new Sample("/api/v1/logs/none/context", Scope.READ, 404)),
          Map.entry(
              "GET /api/v1/admin/retention",
              new Sample("/api/v1/admin/retention", Scope.ADMIN, 200)),
          Map.entry(
              "GET /api/v1/admin/dead-letters",
              new Sample("/api/v1/admin/dead-letters", Scope.ADMIN, 200)),
          Map.entry(
              "POST /api/v1/admin/dead-letters/{id}/resend",
              new Sample("/api/v1/admin/dead-letters/1/resend", Scope.ADMIN, 404)),
          Map.entry(
              "DELETE /api/v1/admin/dead-letters/{id}",
              new Sample("/api/v1/admin/dead-letters/1", Scope.ADMIN, 404)),
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
          Map.entry("GET /", new Sample("/", null, 200)),
          Map.entry("GET /console/**", new Sample("/console/", null, 307)),
          Map.entry("GET /v3/api-docs", new Sample("/v3/api-docs", null, 200)),
          Map.entry("GET /v3/api-docs.yaml", new Sample("/v3/api-docs.yaml", null, 200)),
          Map.entry("GET /swagger-ui.html", new Sample("/swagger-ui.html", null, 307)),
          Map.entry("GET /swagger-ui/**", new Sample("/swagger-ui/index.html", null, 200)),
          Map.entry(
              "GET /swagger-ui/swagger-initializer.js",
              new Sample("/swagger-ui/swagger-initializer.js", null, 200)),
          Map.entry(
              "GET /actuator/prometheus", new Sample("/actuator/prometheus", Scope.METRICS, 200)));

  /** Routes that the framework maps as part of a wider one. */
  private static final Set<String> WITHIN_OTHERS =
      Set.of("GET /actuator/health/liveness", "GET /actuator/health/readiness");

  private static final Pattern FUNCTION = Pattern.compile("\\(([A-Z]+) && ([^ )]+)\\)");

  private RouteSamples() {}

  /** The routes of the application, as the keys of {@link #ALL} are written. */
  public static Set<String> running(ApplicationContext application) {
    Set<String> routes = new TreeSet<>(WITHIN_OTHERS);
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
}
