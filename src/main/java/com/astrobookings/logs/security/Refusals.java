package com.astrobookings.logs.security;

import com.astrobookings.logs.security.limit.RefusalLimit;
import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.Scope;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.WebFilterExchange;
import org.springframework.security.web.server.authentication.ServerAuthenticationFailureHandler;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Turns every refusal of the chain into the problem that the one place for them answers with. */
final class Refusals
    implements ServerAuthenticationEntryPoint,
        ServerAuthenticationFailureHandler,
        ServerAccessDeniedHandler,
        ServerExchangeRejectedHandler {

  private static final String CHALLENGE = "Bearer realm=\"astrobookings-logs\"";

  private final boolean open;
  private final RefusalLimit limit;

  /** Refuses for a service that has credentials or, if {@code open}, none. */
  Refusals(boolean open, RefusalLimit limit) {
    this.open = open;
    this.limit = limit;
  }

  /** Nobody has said who is asking. */
  @Override
  public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException reason) {
    return Routes.of(exchange.getRequest()).isEmpty() && open
        ? unknown(exchange.getRequest())
        : Mono.error(() -> unauthenticated(CHALLENGE, noCredential()));
  }

  private String noCredential() {
    return open
        ? "This needs a credential even here, and the service has none configured: configure an"
            + " API key."
        : "Send Authorization: Bearer and an API key or an access token.";
  }

  /** Whoever is asking could not show to be somebody. */
  @Override
  public Mono<Void> onAuthenticationFailure(
      WebFilterExchange exchange, AuthenticationException reason) {
    return Mono.error(() ->
        reason instanceof AuthenticationServiceException
            ? new ProblemException(
                ProblemType.ISSUER_UNAVAILABLE,
                "The token cannot be judged now: the key that it names is not known, and its issuer"
                    + " does not answer or was asked a moment ago. Try again later.")
            : refused(exchange.getExchange().getRequest(), reason));
  }

  private ProblemException refused(ServerHttpRequest request, AuthenticationException reason) {
    InetSocketAddress client = request.getRemoteAddress();
    long wait = limit.count(client == null ? null : client.getAddress(), forOperators(reason));
    return wait == 0
        ? unauthenticated(
            CHALLENGE + ", error=\"invalid_token\"",
            forClients(reason) + ". Ask an administrator for a new one.")
        : new ProblemException(
            new Problem(
                    ProblemType.RATE_LIMITED,
                    "This credential was refused, like too many others from this address. Wait as"
                        + " long as Retry-After says before you send another.")
                .withHeaders(Map.of(HttpHeaders.RETRY_AFTER, Long.toString(wait))));
  }

  /** Says nothing about why, unless the client has shown to have the key. */
  private static String forClients(AuthenticationException reason) {
    return expired(reason).orElse(Credentials.NOT_VALID);
  }

  /** Says more about tokens whose signature was good: they are from the issuer, not by anybody. */
  private static String forOperators(AuthenticationException reason) {
    return reason.getCause() instanceof JwtValidationException genuine
        ? genuine.getErrors().stream()
            .map(error -> String.valueOf(error.getDescription()))
            .collect(Collectors.joining("; "))
        : expired(reason).orElse("not valid");
  }

  private static Optional<String> expired(AuthenticationException reason) {
    return Optional.ofNullable(reason.getMessage())
        .filter(message -> message.startsWith("The API key of "));
  }

  private static ProblemException unauthenticated(String challenge, String detail) {
    return new ProblemException(
        new Problem(ProblemType.UNAUTHENTICATED, detail)
            .withHeaders(Map.of(HttpHeaders.WWW_AUTHENTICATE, challenge)));
  }

  /** Somebody asks for what the credential does not allow, or for what is not there. */
  @Override
  public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException reason) {
    Optional<Scope> needed = Routes.of(exchange.getRequest()).map(Route::scope);
    return needed.isEmpty()
        ? unknown(exchange.getRequest())
        : Mono.<Void>fromRunnable(() -> Caller.of(exchange).require(needed.get(), "This request"));
  }

  private static Mono<Void> unknown(ServerHttpRequest request) {
    Set<HttpMethod> methods = Routes.methods(request);
    return Mono.error(() ->
        methods.isEmpty()
            ? new ProblemException(ProblemType.NOT_FOUND, "There is nothing at this path.")
            : new MethodNotAllowedException(request.getMethod(), methods));
  }

  /** The request has something that no honest client sends, such as a path with two meanings. */
  @Override
  public Mono<Void> handle(ServerWebExchange exchange, ServerExchangeRejectedException reason) {
    return Mono.error(() ->
        new ProblemException(
            ProblemType.BAD_REQUEST,
            "The path, a header or a parameter name has characters that are not allowed there."));
  }
}
