package com.astrobookings.logs.security;

import com.astrobookings.logs.web.Scope;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A header and whom it stands for.
 *
 * @param authorization null for no header
 * @param scopes null if it is not valid
 * @param challenged whether it is a bearer credential, so that the answer speaks about it
 */
record CredentialKind(
    @Nullable String authorization, @Nullable List<Scope> scopes, boolean challenged) {
  static CredentialKind valid(String bearer, Scope... scopes) {
    return new CredentialKind("Bearer " + bearer, List.of(scopes), false);
  }

  static CredentialKind invalid(String bearer) {
    return new CredentialKind("Bearer " + bearer, null, true);
  }

  private static final TestIssuer ISSUER = TestIssuer.INSTANCE;

  /** All kinds by what they are. */
  static Map<String, CredentialKind> all() {
    Map<String, CredentialKind> all = new LinkedHashMap<>();
    all.put("nothing", new CredentialKind(null, null, false));
    all.put("another scheme", new CredentialKind("Basic YWRtaW46YWRtaW4=", null, false));
    all.put("an empty credential", invalid(""));
    all.put("a malformed credential", invalid("a b"));
    all.put("half a key", invalid(TestKeys.ALL.substring(0, 20)));
    all.put("a wrong key", invalid(TestKeys.WRONG));
    all.put("an unknown key", invalid(TestKeys.UNKNOWN));
    all.put("an expired key", invalid(TestKeys.EXPIRED));
    all.put("a key with all scopes", valid(TestKeys.ALL, Scope.values()));
    all.put("a key yet to expire", valid(TestKeys.EXPIRING, Scope.values()));
    for (Scope scope : Scope.values()) {
      all.put("a key for " + scope.text(), valid(TestKeys.of(scope), scope));
    }
    tokens(all);
    return all;
  }

  private static void tokens(Map<String, CredentialKind> all) {
    String every = Arrays.stream(Scope.values()).map(Scope::text).collect(Collectors.joining(" "));
    JWTClaimsSet good = ISSUER.claims(every).build();
    all.put("a good token", valid(ISSUER.signed(good), Scope.values()));
    all.put("a token of type JWT", valid(ISSUER.signed(good, "JWT"), Scope.values()));
    all.put(
        "a token with one scope among others",
        valid(
            ISSUER.signed(ISSUER.claims("openid logs:read logs:everything").build()), Scope.READ));
    all.put(
        "a token without a subject",
        valid(ISSUER.signed(ISSUER.claims(every).subject(null).build()), Scope.values()));
    all.put("a token without scopes", valid(ISSUER.signed(ISSUER.claims("").build())));
    all.put(
        "a token with scopes in scp",
        valid(
            ISSUER.signed(
                ISSUER.claims("x").claim("scope", null).claim("scp", List.of("logs:read")).build()),
            Scope.READ));
    Date past = Date.from(Instant.now().minusSeconds(300));
    all.put(
        "an expired token",
        invalid(ISSUER.signed(ISSUER.claims(every).expirationTime(past).build())));
    Date future = Date.from(Instant.now().plusSeconds(300));
    all.put(
        "a token of tomorrow",
        invalid(ISSUER.signed(ISSUER.claims(every).notBeforeTime(future).build())));
    all.put(
        "a token of another issuer",
        invalid(ISSUER.signed(ISSUER.claims(every).issuer("https://evil.example").build())));
    all.put(
        "a token for another service",
        invalid(ISSUER.signed(ISSUER.claims(every).audience("billing").build())));
    all.put(
        "a token for nobody",
        invalid(ISSUER.signed(ISSUER.claims(every).audience((String) null).build())));
    all.put("an id token", invalid(ISSUER.signed(good, "id+jwt")));
    all.put("an unsigned token", invalid(ISSUER.unsigned(good)));
    all.put("a token signed by a stranger", invalid(ISSUER.signedByAStranger(good)));
    all.put("a token signed with the public key", invalid(ISSUER.signedWithThePublicKey(good)));
    all.put("a broken token", invalid(ISSUER.signed(good) + "x"));
  }
}
