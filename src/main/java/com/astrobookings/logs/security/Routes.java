package com.astrobookings.logs.security;

import static com.astrobookings.logs.security.Route.guarded;
import static com.astrobookings.logs.security.Route.open;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.OPTIONS;
import static org.springframework.http.HttpMethod.POST;

import com.astrobookings.logs.web.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;

/** The table of all routes with their scopes. A route that is not listed is a 404 for everybody. */
final class Routes {

  /** Of those whose patterns match a path, the most specific decide. */
  private static final List<Route> ALL =
      List.of(
          guarded(POST, "/api/v1/logs", Scope.INGEST),
          guarded(GET, "/api/v1/logs", Scope.READ),
          guarded(POST, "/api/v1/logs/search", Scope.READ),
          guarded(GET, "/api/v1/logs/export", Scope.EXPORT),
          guarded(POST, "/api/v1/logs/export", Scope.EXPORT),
          guarded(GET, "/api/v1/logs/tail", Scope.READ),
          guarded(GET, "/api/v1/logs/stats", Scope.READ),
          guarded(POST, "/api/v1/logs/stats", Scope.READ),
          guarded(GET, "/api/v1/logs/{id}", Scope.READ),
          guarded(GET, "/api/v1/logs/{id}/context", Scope.READ),
          guarded(POST, "/api/v1/admin/erasures", Scope.ADMIN).evenWhenOpen(),
          guarded(GET, "/api/v1/admin/**", Scope.ADMIN),
          guarded(POST, "/api/v1/admin/dead-letters/{id}/resend", Scope.ADMIN),
          guarded(DELETE, "/api/v1/admin/dead-letters/{id}", Scope.ADMIN),
          open(GET, "/actuator/health/liveness"),
          open(GET, "/actuator/health/readiness"),
          guarded(GET, "/actuator/health/**", Scope.ADMIN),
          guarded(GET, "/actuator/info", Scope.ADMIN),
          guarded(GET, "/actuator/prometheus", Scope.METRICS),
          // The same in every installation, and no secret.
          open(GET, "/"),
          open(GET, "/console/**"),
          open(GET, "/v3/api-docs/**"),
          open(GET, "/v3/api-docs.yaml"),
          open(GET, "/swagger-ui.html"),
          open(GET, "/swagger-ui/**"));

  /** Those whose pattern is a path by itself, which is then the most specific. */
  private static final Map<String, List<Route>> BY_PATH =
      ALL.stream()
          .filter(route -> !route.path().hasPatternSyntax())
          .collect(Collectors.groupingBy(route -> route.path().getPatternString()));

  private Routes() {}

  /** Returns what the request needs; null if there is nothing for its method at its path. */
  static @Nullable Route of(ServerHttpRequest request) {
    HttpMethod method = request.getMethod();
    for (Route route : at(request)) {
      if (OPTIONS.equals(method)) {
        return route.options();
      }
      if (route.takes(method)) {
        return route;
      }
    }
    return null;
  }

  /**
   * Returns the methods of the path in alphabetical order, with HEAD if there is GET, and OPTIONS;
   * none if there is no route with this path.
   */
  static SortedSet<HttpMethod> methods(ServerHttpRequest request) {
    SortedSet<HttpMethod> methods =
        at(request).stream().map(Route::method).collect(Collectors.toCollection(TreeSet::new));
    if (methods.contains(GET)) {
      methods.add(HEAD);
    }
    if (!methods.isEmpty()) {
      methods.add(OPTIONS);
    }
    return methods;
  }

  /** Returns the routes of the most specific of the patterns that match the path. */
  private static List<Route> at(ServerHttpRequest request) {
    PathContainer path = request.getPath().pathWithinApplication();
    List<Route> literal = BY_PATH.get(path.value());
    if (literal != null) {
      return literal;
    }
    List<Route> matching = ALL.stream().filter(route -> route.covers(path)).toList();
    Optional<PathPattern> closest =
        matching.stream().map(Route::path).min(PathPattern.SPECIFICITY_COMPARATOR);
    return matching.stream().filter(route -> closest.equals(Optional.of(route.path()))).toList();
  }
}
