package com.astrobookings.logs.security;

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
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder.JwkSetUriReactiveJwtDecoderBuilder;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;

/**
 * Judges the access tokens of an issuer. Signatures are asymmetric ones only, so that a public key
 * can never pass for a shared secret.
 */
final class Tokens {

  private static final Logger log = LoggerFactory.getLogger(Tokens.class);

  /** How long the issuer may take to give its keys. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Set<SignatureAlgorithm> ALGORITHMS =
      Set.of(
          SignatureAlgorithm.RS256,
          SignatureAlgorithm.RS384,
          SignatureAlgorithm.RS512,
          SignatureAlgorithm.PS256,
          SignatureAlgorithm.PS384,
          SignatureAlgorithm.PS512,
          SignatureAlgorithm.ES256,
          SignatureAlgorithm.ES384,
          SignatureAlgorithm.ES512);

  private Tokens() {}

  /** The issuer's keys are fetched when the first token comes, and again when a new key shows. */
  static ReactiveAuthenticationManager of(SecurityProperties.Jwt settings) {
    NimbusReactiveJwtDecoder decoder =
        source(settings).jwsAlgorithms(all -> all.addAll(ALGORITHMS)).validateType(false).build();
    decoder.setJwtValidator(validator(settings));
    JwtReactiveAuthenticationManager manager = new JwtReactiveAuthenticationManager(decoder);
    return presented ->
        manager
            .authenticate(presented)
            .timeout(PATIENCE)
            .onErrorMap(
                failure -> !(failure instanceof AuthenticationException), Tokens::issuerIsAway);
  }

  private static AuthenticationException issuerIsAway(Throwable failure) {
    log.warn(
        "The keys of the issuer cannot be had: {}",
        NestedExceptionUtils.getMostSpecificCause(failure).toString());
    return new AuthenticationServiceException("The keys of the issuer cannot be had", failure);
  }

  private static JwkSetUriReactiveJwtDecoderBuilder source(SecurityProperties.Jwt settings) {
    return settings.jwkSetUri() == null
        ? NimbusReactiveJwtDecoder.withIssuerLocation(String.valueOf(settings.issuer()))
        : NimbusReactiveJwtDecoder.withJwkSetUri(settings.jwkSetUri().toString());
  }

  /** Access tokens may say that they are some (RFC 9068); other kinds of tokens are refused. */
  private static OAuth2TokenValidator<Jwt> validator(SecurityProperties.Jwt settings) {
    JwtTypeValidator type = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
    type.setAllowEmpty(true);
    return new DelegatingOAuth2TokenValidator<>(
        List.of(
            type,
            new JwtTimestampValidator(),
            new JwtIssuerValidator(String.valueOf(settings.issuer())),
            new JwtAudienceValidator(String.valueOf(settings.audience()))));
  }
}
