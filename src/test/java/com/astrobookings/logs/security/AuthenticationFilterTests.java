package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

class AuthenticationFilterTests {

  @Test
  void aTokenCannotBearTheNameOfAKey() {
    assertThat(AuthenticationFilter.caller(token("core-api")).name()).isEqualTo("token:core-api");
  }

  @Test
  void aTokenNeedsNoSubject() {
    assertThat(AuthenticationFilter.caller(token(null)))
        .isEqualTo(new Caller("token:", Set.of(Scope.READ, Scope.PII)));
  }

  private static Authentication token(@Nullable String subject) {
    Jwt.Builder jwt = Jwt.withTokenValue("x").header("alg", "RS256").claim("scope", "x");
    if (subject != null) {
      jwt.subject(subject);
    }
    return new JwtAuthenticationToken(
        jwt.build(),
        AuthorityUtils.createAuthorityList("SCOPE_logs:read", "SCOPE_logs:pii", "SCOPE_else"));
  }
}
