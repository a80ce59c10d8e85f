package com.astrobookings.logs.security;

import com.astrobookings.logs.web.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What a request for certain paths needs.
 *
 * @param method its method; HEAD counts as GET
 * @param path its paths, in the spelling and with the meaning that the handlers' mappings have
 * @param scope the scope it needs; null if it is open to everybody
 * @param always whether it needs a credential even while the service has none
 */
record Route(HttpMethod method, PathPattern path, @Nullable Scope scope, boolean always) {

  static Route open(HttpMethod method, String path) {
    return new Route(method, pattern(path), null, false);
  }

  static Route guarded(HttpMethod method, String path, Scope scope) {
    return new Route(method, pattern(path), scope, false);
  }

  /** To ask which methods its paths know. Everybody may: the open description says the same. */
  Route methods() {
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
