package com.astrobookings.logs.security;

import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Scope;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets a request in if its route and its credential allow it, and tells the rooms who it is. */
final class Gate implements ReactiveAuthorizationManager<AuthorizationContext> {

  /** The authority of a credential that has the scope named behind it. */
  static final String AUTHORITY = "SCOPE_";

  /** Whoever reaches a service without credentials. */
  private static final Caller ANYBODY = new Caller("anybody", EnumSet.allOf(Scope.class));

  private final boolean open;

  Gate(boolean open) {
    this.open = open;
  }

  @Override
  public Mono<AuthorizationResult> authorize(
      Mono<Authentication> authentication, AuthorizationContext context) {
    ServerWebExchange exchange = context.getExchange();
    Optional<Route> route = Routes.of(exchange.getRequest());
    if (open) {
      ANYBODY.attachTo(exchange);
      return Mono.just(decision(route.isPresent() && !route.get().always()));
    }
    return authentication
        .map(Gate::caller)
        .doOnNext(caller -> caller.attachTo(exchange))
        .switchIfEmpty(Mono.fromSupplier(() -> Caller.of(exchange)))
        .map(caller -> decision(route.isPresent() && allows(route.get(), caller)));
  }

  private static AuthorizationResult decision(boolean granted) {
    return new AuthorizationDecision(granted);
  }

  private static boolean allows(Route route, Caller caller) {
    return route.scope() == null || caller.may(route.scope());
  }

  private static Caller caller(Authentication authentication) {
    return new Caller(
        name(authentication),
        Arrays.stream(Scope.values())
            .filter(scope ->
                authentication.getAuthorities().stream()
                    .map(GrantedAuthority::getAuthority)
                    .anyMatch((AUTHORITY + scope.text())::equals))
            .collect(Collectors.toSet()));
  }

  /** No subject that an issuer has named can pass for an API key: their names have no colon. */
  private static String name(Authentication authentication) {
    return authentication instanceof KeyAuthentication
        ? authentication.getName()
        : "token:" + authentication.getName();
  }
}
