package com.astrobookings.logs.security;

import java.time.Clock;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import reactor.core.publisher.Mono;

/** Judges bearer credentials: API keys here, everything else where tokens are judged. */
final class Credentials implements ReactiveAuthenticationManager {

  /** Says nothing about which part is wrong. */
  static final String NOT_VALID = "The credential is not valid here";

  private final KeyRing keys;
  private final ReactiveAuthenticationManager tokens;
  private final Clock clock;

  /**
   * Judges by these keys and tokens.
   *
   * @param tokens judges what is not spelled like an API key
   */
  Credentials(KeyRing keys, ReactiveAuthenticationManager tokens, Clock clock) {
    this.keys = keys;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Accepts no token at all. */
  static Mono<Authentication> noTokens(Authentication presented) {
    return Mono.error(() -> new InvalidBearerTokenException(NOT_VALID));
  }

  @Override
  public Mono<Authentication> authenticate(Authentication presented) {
    String credential = ((BearerTokenAuthenticationToken) presented).getToken();
    return credential.startsWith(KeyText.PREFIX)
        ? Mono.fromSupplier(() -> authenticated(credential))
        : tokens.authenticate(presented);
  }

  private Authentication authenticated(String credential) {
    ApiKey key =
        keys.find(credential).orElseThrow(() -> new InvalidBearerTokenException(NOT_VALID));
    if (key.expiredAt(clock.instant())) {
      // Only who has the key learns this.
      throw new InvalidBearerTokenException(
          "The API key of %s expired on %s".formatted(key.name(), key.expires()));
    }
    return new KeyAuthentication(key.caller());
  }
}
