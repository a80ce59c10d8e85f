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
 * Who may enter.
 *
 * @param apiKeys the API keys, by their hashes
 * @param jwt whose tokens are accepted beside the API keys; null for nobody's
 * @param tls where the encryption of connections ends; matters when {@code server.address} is not a
 *     loopback address
 * @param hosts names of this service that clients may use beside those of the loopback, while there
 *     are no credentials
 * @param allowedOrigins origins whose web pages may use the service, such as {@code
 *     https://ops.example.com}; none by default
 * @param requestsPerSecond how many requests one credential may send on average; for a short time
 *     it may be ten times as many. 0 for no limit
 * @param trustedProxies addresses and blocks of addresses, such as {@code 10.0.0.0/8}, of the
 *     proxies that are believed when they say for which client they ask
 * @param proxyHeader the header in which they say it
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

  /** Where the encryption of connections ends. */
  enum Tls {
    /** Here, if {@code server.ssl} is configured. */
    SERVER,
    /** At a proxy before this service. */
    UPSTREAM
  }

  /**
   * An issuer of tokens.
   *
   * @param issuer what the tokens name as their issuer; its metadata lead to its keys
   * @param audience what the tokens name as the service they are for
   * @param jwkSetUri where its keys are, if its metadata are not to be asked
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
          "logs.security.allowed-origins names single origins; * would let every web page in");
    }
  }

  /** Whether there is no credential, so that whoever reaches the service may use it. */
  boolean open() {
    return apiKeys.isEmpty() && jwt == null;
  }

  TrustedProxies proxies() {
    return TrustedProxies.of(trustedProxies, proxyHeader);
  }
}
