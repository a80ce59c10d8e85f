package com.astrobookings.logs.web;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * The authenticated caller of a request. Without a credential it is a caller who is not known and
 * has no scopes.
 *
 * @param name the name of the credential; not a secret
 * @param scopes what the credential allows
 * @param end from when on the credential is not valid any longer; null if that is not known
 */
public record Caller(String name, Set<Scope> scopes, @Nullable Instant end) {

  private static final Caller NOBODY = new Caller("nobody", Set.of());

  /** Keeps a copy of the scopes. */
  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** Creates a caller whose credential has no known end. */
  public Caller(String name, Set<Scope> scopes) {
    this(name, scopes, null);
  }

  /** Returns the caller of {@code exchange}. */
  public static Caller of(ServerWebExchange exchange) {
    return exchange.getAttributeOrDefault(Caller.class.getName(), NOBODY);
  }

  /** Makes this the caller of {@code exchange}. */
  public void attachTo(ServerWebExchange exchange) {
    exchange.getAttributes().put(Caller.class.getName(), this);
  }

  /** Whether the request had a valid credential, or needs none here. */
  @SuppressWarnings("ReferenceEquality") // a credential may have the same name and no scopes
  public boolean isKnown() {
    return this != NOBODY;
  }

  /** Whether the credential has {@code scope}. */
  public boolean may(Scope scope) {
    return scopes.contains(scope);
  }

  /**
   * Requires a scope.
   *
   * @param what what the scope is needed for, as the subject of a sentence
   * @throws ProblemException if the credential does not have it; a 403 that names the scope
   */
  public void require(Scope scope, String what) {
    if (!may(scope)) {
      throw new ProblemException(missing(scope, what));
    }
  }

  /** Returns the answer to a valid credential without {@code scope} (RFC 6750, section 3.1). */
  static Problem missing(Scope scope, String what) {
    return new Problem(
            ProblemType.FORBIDDEN,
            "%s needs a credential with the scope %s.".formatted(what, scope.text()))
        .withHeaders(
            Map.of(
                HttpHeaders.WWW_AUTHENTICATE,
                "Bearer error=\"insufficient_scope\", scope=\"%s\"".formatted(scope.text())))
        .withMembers(members -> members.writeStringProperty("scope", scope.text()));
  }
}
