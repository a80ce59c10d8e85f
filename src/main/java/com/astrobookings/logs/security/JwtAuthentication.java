package com.astrobookings.logs.security;

import com.astrobookings.logs.event.trace.TraceContext;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Verifies the access tokens of an issuer (JWTs). Only asymmetric signatures are accepted, so that
 * a public key cannot be used as a shared secret.
 */
final class JwtAuthentication {

  private static final Logger log = LoggerFactory.getLogger(JwtAuthentication.class);

  private static final Duration ISSUER_TIMEOUT = Duration.ofSeconds(5);

  /** How long a key is accepted after the issuer has withdrawn it. */
  private static final Duration MAX_KEY_AGE = Duration.ofMinutes(5);

  /** The issuer is asked at most twice in this time, whatever keys the tokens name. */
  private static final Duration MIN_FETCH_INTERVAL = Duration.ofSeconds(30);

  /** How long keys are used while the issuer does not answer. */
  private static final Duration MAX_OUTAGE = Duration.ofHours(1);

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private JwtAuthentication() {}

  /** Fetches the issuer's keys when the first token is verified. */
  static ReactiveAuthenticationManager of(SecurityProperties.Jwt settings) {
    return of(settings, MAX_KEY_AGE, MIN_FETCH_INTERVAL);
  }

  static ReactiveAuthenticationManager of(
      SecurityProperties.Jwt settings, Duration maxKeyAge, Duration minFetchInterval) {
    JwtDecoder decoder = decoder(settings, keys(settings, maxKeyAge, minFetchInterval));
    // Fetching keys blocks.
    return new JwtReactiveAuthenticationManager(token ->
        Mono.fromCallable(() -> decoder.decode(token))
            .subscribeOn(Schedulers.boundedElastic())
            .timeout(ISSUER_TIMEOUT)
            .onErrorResume(
                failure -> !(failure instanceof BadJwtException),
                failure ->
                    TraceContext.call(() -> {
                      throw withoutKeys(failure);
                    })));
  }

  private static AuthenticationException withoutKeys(Throwable failure) {
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
    if (!(cause instanceof RateLimitReachedException)) {
      log.warn("The keys of the issuer cannot be fetched: {}", cause.toString());
    }
    return new AuthenticationServiceException("The keys of the issuer cannot be fetched", failure);
  }

  private static JWKSource<SecurityContext> keys(
      SecurityProperties.Jwt settings, Duration maxKeyAge, Duration minFetchInterval) {
    return JWKSourceBuilder.create(new IssuerKeys(settings))
        .cache(maxKeyAge.toMillis(), ISSUER_TIMEOUT.toMillis())
        .refreshAheadCache(false)
        .rateLimited(minFetchInterval.toMillis())
        .outageTolerant(MAX_OUTAGE.toMillis())
        .build();
  }

  private static JwtDecoder decoder(
      SecurityProperties.Jwt settings, JWKSource<SecurityContext> keys) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    // RFC 9068, section 4: other kinds of tokens, such as ID tokens, are rejected by their type.
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT,
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("application/at+jwt"),
            null));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(validator(settings));
    return decoder;
  }

  private static OAuth2TokenValidator<Jwt> validator(SecurityProperties.Jwt settings) {
    // A token without an expiry would be valid for ever.
    JwtTimestampValidator times = new JwtTimestampValidator();
    times.setAllowEmptyExpiryClaim(false);
    return new DelegatingOAuth2TokenValidator<>(
        List.of(
            times,
            new JwtIssuerValidator(String.valueOf(settings.issuer())),
            new JwtAudienceValidator(String.valueOf(settings.audience()))));
  }
}
