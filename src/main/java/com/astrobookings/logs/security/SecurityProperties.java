package com.astrobookings.logs.security;

import com.astrobookings.logs.security.client.ProxyHeader;
import com.astrobookings.logs.security.client.TrustedProxies;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configures authentication and the addresses of clients.
 *
 * @param apiKeys the API keys, by their hashes
 * @param jwt the issuer whose tokens are accepted in addition to API keys; null for none
 * @param tls where TLS is terminated; used when {@code server.address} is not a loopback address
 * @param hosts host names that are accepted in addition to those of the loopback, while no
 *     credentials are configured
 * @param allowedOrigins origins whose web pages may use the service, such as {@code
 *     https://ops.example.com}; none by default
 * @param requestsPerSecond the requests that one credential may send a second on average, and ten
 *     times as many at once; 0 for no limit
 * @param trustedProxies addresses and blocks, such as {@code 10.0.0.0/8}, of the proxies whose
 *     header about their clients is used
 * @param proxyHeader that header
 */
@ConfigurationProperties("logs.security")
record SecurityProperties(
    @DefaultValue List<ApiKey> apiKeys,
    @Nullable Jwt jwt,
    @DefaultValue("server") Tls tls,
    @DefaultValue List<String> hosts,
    @DefaultValue List<String> allowedOrigins,
    @DefaultValue("0") int requestsPerSecond,
    @DefaultValue List<String> trustedProxies,
    @DefaultValue("x-forwarded-for") ProxyHeader proxyHeader) {

  /** Where TLS is terminated. */
  enum Tls {
    /** By this service, with {@code server.ssl}. */
    SERVER,
    /** By a proxy before this service. */
    UPSTREAM
  }

  /**
   * An issuer of JWTs.
   *
   * @param issuer the {@code iss} of its tokens; its metadata name the address of its keys
   * @param audience the {@code aud} of its tokens
   * @param jwkSetUri the address of its keys; null to read it from the metadata
   */
  record Jwt(@Nullable URI issuer, @Nullable String audience, @Nullable URI jwkSetUri) {
    Jwt {
      if (issuer == null || audience == null || audience.isBlank()) {
        throw new IllegalArgumentException(
            "logs.security.jwt.issuer and logs.security.jwt.audience belong together: a token for"
                + " another service of the same issuer must not open this one");
      }
      requireEncryption("issuer", issuer);
      requireEncryption("jwk-set-uri", jwkSetUri);
    }

    private static void requireEncryption(String property, @Nullable URI address) {
      if (address != null && !isEncrypted(address)) {
        throw new IllegalArgumentException(
            "logs.security.jwt.%s must be an https address; http is taken for localhost only"
                .formatted(property));
      }
    }

    /**
     * Whether what is fetched from {@code address} cannot be replaced on its way: by https, or from
     * the loopback.
     */
    static boolean isEncrypted(URI address) {
      return "https".equals(address.getScheme())
          || ("http".equals(address.getScheme()) && isLoopback(address));
    }

    private static boolean isLoopback(URI address) {
      return Set.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(address.getHost()));
    }
  }

  SecurityProperties {
    apiKeys = List.copyOf(apiKeys);
    hosts = List.copyOf(hosts);
    allowedOrigins = List.copyOf(allowedOrigins);
    trustedProxies = List.copyOf(trustedProxies);
    TrustedProxies.of(trustedProxies, proxyHeader);
    if (requestsPerSecond < 0) {
      throw new IllegalArgumentException("logs.security.requests-per-second must not be negative");
    }
    if (allowedOrigins.contains("*")) {
      throw new IllegalArgumentException(
          "logs.security.allowed-origins must not contain *, which would allow every web page");
    }
  }

  /** Whether no credentials are configured, so that all routes but a few are open. */
  boolean open() {
    return apiKeys.isEmpty() && jwt == null;
  }

  TrustedProxies proxies() {
    return TrustedProxies.of(trustedProxies, proxyHeader);
  }
}
