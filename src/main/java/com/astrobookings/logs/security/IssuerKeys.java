package com.astrobookings.logs.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Fetches the JWK set of an issuer at each call, over https or from the loopback. Blocks, for at
 * most {@value #CONNECT_TIMEOUT} and {@value #READ_TIMEOUT} milliseconds a request. Safe for use by
 * several threads.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

  private static final int CONNECT_TIMEOUT = 1_000;
  private static final int READ_TIMEOUT = 3_000;
  private static final int MAX_ANSWER_BYTES = 512 * 1024;

  private final SecurityProperties.Jwt settings;
  private final ResourceRetriever http =
      new DefaultResourceRetriever(CONNECT_TIMEOUT, READ_TIMEOUT, MAX_ANSWER_BYTES);

  /** Fetches from the configured address, or else from the one in the issuer's metadata. */
  IssuerKeys(SecurityProperties.Jwt settings) {
    this.settings = settings;
  }

  @Override
  public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context)
      throws KeySourceException {
    return new URLBasedJWKSetSource<>(address(), http).getJWKSet(refresh, now, context);
  }

  private URL address() throws KeySourceException {
    try {
      return settings.jwkSetUri() != null ? settings.jwkSetUri().toURL() : addressInMetadata();
    } catch (IOException | ParseException failure) {
      throw new JWKSetUnavailableException("The issuer's metadata cannot be read", failure);
    }
  }

  private URL addressInMetadata() throws IOException, ParseException {
    URI issuer = Objects.requireNonNull(settings.issuer());
    IOException last = new MalformedURLException(issuer.toString());
    for (URI place : places(issuer)) {
      try {
        Map<String, Object> metadata =
            JSONObjectUtils.parse(http.retrieveResource(place.toURL()).getContent());
        if (issuer.toString().equals(metadata.get("issuer"))) {
          return encrypted(JSONObjectUtils.getURI(metadata, "jwks_uri")).toURL();
        }
        last = new IOException("The metadata at " + place + " name another issuer");
      } catch (IOException failure) {
        last = failure;
      }
    }
    throw last;
  }

  private static URI encrypted(URI keys) throws IOException {
    if (!SecurityProperties.Jwt.isEncrypted(keys)) {
      throw new IOException(
          "The issuer's metadata name an address of its keys that is not https: " + keys);
    }
    return keys;
  }

  /** OpenID Connect Discovery 1.0, section 4, and RFC 8414, sections 3 and 5. */
  private static List<URI> places(URI issuer) {
    String path = issuer.getPath().replaceFirst("/$", "");
    return List.of(
        issuer.resolve(path + "/.well-known/openid-configuration"),
        issuer.resolve("/.well-known/openid-configuration" + path),
        issuer.resolve("/.well-known/oauth-authorization-server" + path));
  }

  @Override
  public void close() {}
}
