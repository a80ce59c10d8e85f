package com.astrobookings.logs.security;

import com.astrobookings.logs.web.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The scope that a route needs.
 *
 * @param method the method; HEAD counts as GET
 * @param path the path, with the same syntax and meaning as in handler mappings
 * @param scope the scope; null if the route is open to everybody
 * @param always whether it needs a credential even while none is configured
 */
record Route(HttpMethod method, PathPattern path, @Nullable Scope scope, boolean always) {

  static Route open(HttpMethod method, String path) {
    return new Route(method, pattern(path), null, false);
  }

  static Route guarded(HttpMethod method, String path, Scope scope) {
    return new Route(method, pattern(path), scope, false);
  }

  /** Returns the route of OPTIONS, which is open: the OpenAPI description has the same. */
  Route options() {
    return new Route(HttpMethod.OPTIONS, path, null, false);
  }

  Route evenWhenOpen() {
    return new Route(method, path, scope, true);
  }

  boolean takes(HttpMethod asked) {
    return method.equals(HttpMethod.HEAD.equals(asked) ? HttpMethod.GET : asked);
  }

  boolean covers(PathContainer asked) {
    return path.matches(asked);
  }

  private static PathPattern pattern(String path) {
    return PathPatternParser.defaultInstance.parse(path);
  }
}
