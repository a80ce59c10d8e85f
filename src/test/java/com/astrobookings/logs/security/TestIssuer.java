package com.astrobookings.logs.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An issuer of tokens on the loopback. */
final class TestIssuer {

  static final String AUDIENCE = "astrobookings-logs";

  // Making them takes long.
  private static final RSAKey KEY = rsa("one");
  private static final RSAKey STRANGE = rsa("one");
  private static final RSAKey NEXT = rsa("two");

  static final TestIssuer INSTANCE = new TestIssuer();

  private final AtomicInteger fetches = new AtomicInteger();
  private final String uri;
  private volatile JWKSet published = new JWKSet(KEY.toPublicJWK());

  TestIssuer() {
    this("localhost");
  }

  /** An issuer whose metadata name {@code keysHost} as the host of its keys, over http. */
  TestIssuer(String keysHost) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      uri = "http://localhost:" + server.getAddress().getPort();
      answer(
          server,
          "/.well-known/openid-configuration",
          "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\",\"subject_types_supported\":[\"public\"]}"
              .formatted(uri, uri.replace("localhost", keysHost)));
      server.createContext(
          "/keys",
          exchange -> {
            fetches.incrementAndGet();
            answer(exchange, published.toString());
          });
      server.start();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void answer(HttpServer server, String path, String json) {
    server.createContext(path, exchange -> answer(exchange, json));
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** How often somebody has asked for the keys. */
  int fetches() {
    return fetches.get();
  }

  /** Publishes another key in place of the one that it signs with. */
  void withdrawItsKey() {
    published = new JWKSet(NEXT.toPublicJWK());
  }

  URI uri() {
    return URI.create(uri);
  }

  Map<String, String> properties() {
    return Map.of("logs.security.jwt.issuer", uri, "logs.security.jwt.audience", AUDIENCE);
  }

  JWTClaimsSet.Builder claims(String scopes) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(uri)
        .audience(List.of("other", AUDIENCE))
        .subject("jane")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(3600)))
        .claim("scope", scopes);
  }

  String signed(JWTClaimsSet claims) {
    return signed(claims, "at+jwt");
  }

  String signed(JWTClaimsSet claims, String type) {
    return sign(claims, type, JWSAlgorithm.RS256, signer(KEY));
  }

  /** Signed by a key that nobody has published. */
  String signedBy(String keyId, JWTClaimsSet claims) {
    return sign(claims, "JWT", JWSAlgorithm.RS256, keyId, signer(STRANGE));
  }

  /** Signed by a key that says it is ours. */
  String signedByAStranger(JWTClaimsSet claims) {
    return sign(claims, "JWT", JWSAlgorithm.RS256, signer(STRANGE));
  }

  /** Signed with the public key as if it were a shared secret. */
  String signedWithThePublicKey(JWTClaimsSet claims) {
    try {
      return sign(
          claims, "JWT", JWSAlgorithm.HS256, new MACSigner(KEY.toRSAPublicKey().getEncoded()));
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  String unsigned(JWTClaimsSet claims) {
    return new PlainJWT(claims).serialize();
  }

  private static String sign(
      JWTClaimsSet claims, String type, JWSAlgorithm algorithm, JWSSigner signer) {
    return sign(claims, type, algorithm, "one", signer);
  }

  private static String sign(
      JWTClaimsSet claims, String type, JWSAlgorithm algorithm, String keyId, JWSSigner signer) {
    JWSHeader header =
        new JWSHeader.Builder(algorithm).keyID(keyId).type(new JOSEObjectType(type)).build();
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(signer);
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
    return token.serialize();
  }

  private static JWSSigner signer(RSAKey key) {
    try {
      return new RSASSASigner(key);
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
