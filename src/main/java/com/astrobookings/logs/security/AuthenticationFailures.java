package com.astrobookings.logs.security;

import com.astrobookings.logs.security.limit.AuthenticationThrottle;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.web.server.ServerWebExchange;

/** Turns failed authentication into problems (RFC 6750, section 3), and counts and logs it. */
final class AuthenticationFailures {

  /** Says nothing about which part of a credential is wrong. */
  static final String NOT_VALID = "The credential is not valid here";

  private static final String CHALLENGE = "Bearer realm=\"astrobookings-logs\"";

  private final AuthenticationThrottle limit;

  AuthenticationFailures(AuthenticationThrottle limit) {
    this.limit = limit;
  }

  /** Returns the answer to a request that needs a credential and has none. */
  static ProblemException noCredential(boolean open) {
    return unauthenticated(
        CHALLENGE,
        open
            ? "This needs a credential even here, and the service has none configured: configure"
                + " an API key."
            : "Send Authorization: Bearer and an API key or an access token.");
  }

  /** Returns the answer to a credential that could not be verified. */
  ProblemException of(AuthenticationException reason, ServerWebExchange exchange) {
    return reason instanceof AuthenticationServiceException
        ? new ProblemException(
            ProblemType.ISSUER_UNAVAILABLE,
            "The token cannot be judged now: the key that it names is not known, and its issuer"
                + " does not answer or was asked a moment ago. Try again later.")
        : refused(NOT_VALID, forOperators(reason), exchange);
  }

  /** Returns the answer to an API key that is right and has expired: its holder may know that. */
  ProblemException ofExpired(ApiKey key, ServerWebExchange exchange) {
    String reason = "The API key of %s expired on %s".formatted(key.name(), key.expires());
    return refused(reason, reason, exchange);
  }

  private ProblemException refused(
      String forClient, String forOperators, ServerWebExchange exchange) {
    InetSocketAddress client = exchange.getRequest().getRemoteAddress();
    long wait = limit.count(client == null ? null : client.getAddress(), forOperators);
    return wait == 0
        ? unauthenticated(
            CHALLENGE + ", error=\"invalid_token\"",
            forClient + ". Ask an administrator for a new one.")
        : new ProblemException(
            new Problem(
                    ProblemType.RATE_LIMITED,
                    "This credential was refused, like too many others from this address. Wait as"
                        + " long as Retry-After says before you send another.")
                .withHeaders(Map.of(HttpHeaders.RETRY_AFTER, Long.toString(wait))));
  }

  /** Says more about tokens whose signature was good: they are from the issuer, not by anybody. */
  private static String forOperators(AuthenticationException reason) {
    return reason.getCause() instanceof JwtValidationException genuine
        ? genuine.getErrors().stream()
            .map(error -> String.valueOf(error.getDescription()))
            .collect(Collectors.joining("; "))
        : "not valid";
  }

  private static ProblemException unauthenticated(String challenge, String detail) {
    return new ProblemException(
        new Problem(ProblemType.UNAUTHENTICATED, detail)
            .withHeaders(Map.of(HttpHeaders.WWW_AUTHENTICATE, challenge)));
  }
}
