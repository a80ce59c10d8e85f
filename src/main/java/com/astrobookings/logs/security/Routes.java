package com.astrobookings.logs.security;

import static com.astrobookings.logs.security.Route.guarded;
import static com.astrobookings.logs.security.Route.open;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import com.astrobookings.logs.web.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Every route of the service with what it needs. What is not here is open to nobody. */
final class Routes {

  /** The first that fits decides. */
  private static final List<Route> ALL =
      List.of(
          guarded(POST, "/api/v1/logs", Scope.INGEST),
          guarded(GET, "/api/v1/logs", Scope.READ),
          guarded(POST, "/api/v1/logs/search", Scope.READ),
          guarded(GET, "/api/v1/logs/export", Scope.EXPORT),
          guarded(GET, "/api/v1/logs/tail", Scope.READ),
          guarded(GET, "/api/v1/logs/stats", Scope.READ),
          guarded(GET, "/api/v1/logs/{id}", Scope.READ),
          guarded(POST, "/api/v1/admin/erasures", Scope.ADMIN).evenWhenOpen(),
          guarded(GET, "/api/v1/admin/**", Scope.ADMIN),
          guarded(POST, "/api/v1/admin/dead-letters/{id}/resend", Scope.ADMIN),
          guarded(DELETE, "/api/v1/admin/dead-letters/{id}", Scope.ADMIN),
          open(GET, "/actuator/health/liveness"),
          open(GET, "/actuator/health/readiness"),
          guarded(GET, "/actuator/health/**", Scope.ADMIN),
          guarded(GET, "/actuator/info", Scope.ADMIN),
          guarded(GET, "/actuator/prometheus", Scope.METRICS),
          // What they show is the same everywhere and no secret.
          open(GET, "/v3/api-docs/**"),
          open(GET, "/v3/api-docs.yaml"),
          open(GET, "/swagger-ui.html"),
          open(GET, "/swagger-ui/**"));

  private Routes() {}

  static Optional<Route> of(ServerHttpRequest request) {
    PathContainer path = request.getPath().pathWithinApplication();
    return ALL.stream()
        .filter(route -> route.takes(request.getMethod()) && route.covers(path))
        .findFirst();
  }

  /** The methods that the path of the request knows. */
  static Set<HttpMethod> methods(ServerHttpRequest request) {
    PathContainer path = request.getPath().pathWithinApplication();
    return ALL.stream()
        .filter(route -> route.covers(path))
        .map(Route::method)
        .collect(Collectors.toSet());
  }
}
