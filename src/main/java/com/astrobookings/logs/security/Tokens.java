package com.astrobookings.logs.security;

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
 * Judges the access tokens of an issuer. Signatures are asymmetric ones only, so that a public key
 * can never pass for a shared secret.
 */
final class Tokens {

  private static final Logger log = LoggerFactory.getLogger(Tokens.class);

  /** How long the issuer may take to give its keys. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** For so long a key is accepted that the issuer has withdrawn. */
  private static final Duration KEPT = Duration.ofMinutes(5);

  /** In so long the issuer is asked twice at most, whatever keys the tokens name. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /** For so long the keys are kept when the issuer does not answer. */
  private static final Duration OUTAGE = Duration.ofHours(1);

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

  private Tokens() {}

  /** The issuer's keys are fetched when the first token comes. */
  static ReactiveAuthenticationManager of(SecurityProperties.Jwt settings) {
    return of(settings, KEPT, PAUSE);
  }

  static ReactiveAuthenticationManager of(
      SecurityProperties.Jwt settings, Duration kept, Duration pause) {
    JwtDecoder decoder = decoder(settings, keys(settings, kept, pause));
    // Whoever needs a key that is not at hand waits for the issuer.
    return new JwtReactiveAuthenticationManager(token ->
        Mono.fromCallable(() -> decoder.decode(token))
            .subscribeOn(Schedulers.boundedElastic())
            .timeout(PATIENCE)
            .onErrorMap(failure -> !(failure instanceof BadJwtException), Tokens::withoutKeys));
  }

  private static AuthenticationException withoutKeys(Throwable failure) {
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
    if (!(cause instanceof RateLimitReachedException)) {
      log.warn("The keys of the issuer cannot be had: {}", cause.toString());
    }
    return new AuthenticationServiceException("The keys of the issuer cannot be had", failure);
  }

  private static JWKSource<SecurityContext> keys(
      SecurityProperties.Jwt settings, Duration kept, Duration pause) {
    return JWKSourceBuilder.create(new IssuerKeys(settings))
        .cache(kept.toMillis(), PATIENCE.toMillis())
        .refreshAheadCache(false)
        .rateLimited(pause.toMillis())
        .outageTolerant(OUTAGE.toMillis())
        .build();
  }

  private static JwtDecoder decoder(
      SecurityProperties.Jwt settings, JWKSource<SecurityContext> keys) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    // Access tokens may say that they are some (RFC 9068); other kinds of tokens are refused.
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
    // A token that says no end would be valid for ever.
    JwtTimestampValidator times = new JwtTimestampValidator();
    times.setAllowEmptyExpiryClaim(false);
    return new DelegatingOAuth2TokenValidator<>(
        List.of(
            times,
            new JwtIssuerValidator(String.valueOf(settings.issuer())),
            new JwtAudienceValidator(String.valueOf(settings.audience()))));
  }
}
