package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class JwtAuthenticationTests {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestIssuer issuer = new TestIssuer();
  private final SecurityProperties.Jwt settings =
      new SecurityProperties.Jwt(issuer.uri(), TestIssuer.AUDIENCE, null);

  @Test
  void refusesATokenWithoutAnEnd() {
    ReactiveAuthenticationManager tokens = JwtAuthentication.of(settings, DAY, HOUR);

    String endless = issuer.signed(issuer.claims("logs:read").expirationTime(null).build());

    StepVerifier.create(judge(tokens, endless)).verifyError(InvalidBearerTokenException.class);
  }

  @Test
  void fetchesTheKeysOnceForManyTokens() {
    ReactiveAuthenticationManager tokens = JwtAuthentication.of(settings, DAY, HOUR);

    IntStream.range(0, 20).forEach(i -> accepted(tokens, good()));

    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @Test
  void refusesAKeyThatTheIssuerHasWithdrawn() {
    ReactiveAuthenticationManager tokens =
        JwtAuthentication.of(settings, Duration.ofMillis(2), Duration.ofMillis(1));
    accepted(tokens, good());

    issuer.withdrawItsKey();

    StepVerifier.create(
            Mono.defer(() -> judge(tokens, good()))
                // The issuer was asked a moment ago.
                .onErrorComplete(AuthenticationServiceException.class)
                .repeat())
        .thenConsumeWhile(Authentication::isAuthenticated)
        .expectError(InvalidBearerTokenException.class)
        .verify(Duration.ofMinutes(1));
  }

  @Test
  void doesNotAskTheIssuerAgainAndAgainForKeysThatAreNotThere() {
    ReactiveAuthenticationManager tokens = JwtAuthentication.of(settings, DAY, HOUR);
    accepted(tokens, good());

    for (int i = 0; i < 50; i++) {
      String token = issuer.signedBy("unknown-" + i, issuer.claims("logs:read").build());
      StepVerifier.create(judge(tokens, token)).verifyError();
    }

    assertThat(issuer.fetches()).isLessThanOrEqualTo(2);
    accepted(tokens, good());
  }

  @Test
  void tellsAnIssuerThatIsAwayFromABadToken() throws Exception {
    URI nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = URI.create("http://localhost:" + closed.getLocalPort());
    }
    ReactiveAuthenticationManager tokens =
        JwtAuthentication.of(new SecurityProperties.Jwt(nobody, TestIssuer.AUDIENCE, null));

    for (int i = 0; i < 5; i++) {
      StepVerifier.create(judge(tokens, good())).verifyError(AuthenticationServiceException.class);
    }
    StepVerifier.create(judge(tokens, "x.y.z")).verifyError(InvalidBearerTokenException.class);
  }

  @Test
  void takesTheKeysFromWhereTheSettingsSay() {
    URI keys = issuer.uri().resolve("/keys");

    accepted(
        JwtAuthentication.of(new SecurityProperties.Jwt(issuer.uri(), TestIssuer.AUDIENCE, keys)),
        good());
  }

  @Test
  void doesNotTrustMetadataOfAnotherIssuer() {
    URI other = URI.create(issuer.uri().toString().replace("localhost", "127.0.0.1"));
    ReactiveAuthenticationManager tokens =
        JwtAuthentication.of(new SecurityProperties.Jwt(other, TestIssuer.AUDIENCE, null));

    StepVerifier.create(judge(tokens, good())).verifyError(AuthenticationServiceException.class);
    assertThat(issuer.fetches()).isZero();
  }

  @Test
  void doesNotFetchKeysFromAnUnencryptedAddressThatTheMetadataName() {
    TestIssuer careless = new TestIssuer("[::ffff:127.0.0.1]"); // leads here, and looks foreign
    ReactiveAuthenticationManager tokens =
        JwtAuthentication.of(new SecurityProperties.Jwt(careless.uri(), TestIssuer.AUDIENCE, null));

    StepVerifier.create(judge(tokens, careless.signed(careless.claims("logs:read").build())))
        .verifyError(AuthenticationServiceException.class);
    assertThat(careless.fetches()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "http://login.example.com, , issuer",
    "login.example.com, , issuer",
    "http://localhost.example.com, , issuer",
    "https://login.example.com, http://login.example.com/keys, jwk-set-uri",
    "https://login.example.com, file:/etc/keys, jwk-set-uri"
  })
  void takesKeysOverEncryptedConnectionsOnly(URI issuer, URI keys, String property) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecurityProperties.Jwt(issuer, "logs", keys))
        .withMessageStartingWith("logs.security.jwt." + property + " must be an https address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://login.example.com", "http://localhost:80/x", "http://[::1]:1"})
  void takesKeysFromThisMachineToo(URI issuer) {
    assertThatNoException().isThrownBy(() -> new SecurityProperties.Jwt(issuer, "logs", null));
  }

  private String good() {
    return issuer.signed(issuer.claims("logs:read").build());
  }

  private static void accepted(ReactiveAuthenticationManager tokens, String token) {
    StepVerifier.create(judge(tokens, token))
        .assertNext(judged -> assertThat(judged.isAuthenticated()).isTrue())
        .verifyComplete();
  }

  private static Mono<Authentication> judge(ReactiveAuthenticationManager tokens, String token) {
    return tokens.authenticate(new BearerTokenAuthenticationToken(token));
  }
}
