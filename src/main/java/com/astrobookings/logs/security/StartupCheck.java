package com.astrobookings.logs.security;

import java.net.InetAddress;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.core.env.Environment;

/**
 * Prevents a start with a configuration that lets other machines use the service without a
 * credential, or read its traffic.
 */
final class StartupCheck {

  private static final String FORWARDED = "server.forward-headers-strategy";
  private static final int DEFAULT_PORT = 8080;

  private StartupCheck() {}

  /**
   * Checks the configuration before any bean is created.
   *
   * @throws UnsafeStartException if the configuration is not safe
   */
  static void check(Environment environment) {
    Binder binder = Binder.get(environment);
    SecurityProperties properties = binder.bindOrCreate("logs.security", SecurityProperties.class);
    check("server", binder, properties);
    if (hasManagementPort(binder)) {
      check("management.server", binder, properties);
    }
    checkForwardedHeaders(binder);
  }

  private static boolean hasManagementPort(Binder binder) {
    int port = binder.bind("management.server.port", Integer.class).orElse(-1);
    int shared = binder.bind("server.port", Integer.class).orElse(DEFAULT_PORT);
    return port >= 0 && (port == 0 || port != shared);
  }

  /** Other strategies take hosts, schemes and addresses from headers of any client. */
  private static void checkForwardedHeaders(Binder binder) {
    String strategy = binder.bind(FORWARDED, String.class).orElse("none");
    if (!strategy.equalsIgnoreCase("none")) {
      throw new UnsafeStartException(
          "With " + FORWARDED + "=" + strategy + " any client could forge its address.",
          "Remove "
              + FORWARDED
              + ". List your proxies in logs.security.trusted-proxies: the addresses of clients are"
              + " taken from their header. Links are relative and need no host.");
    }
  }

  private static void check(String prefix, Binder binder, SecurityProperties properties) {
    String property = prefix + ".address";
    boolean loopback =
        binder.bind(property, InetAddress.class).map(InetAddress::isLoopbackAddress).orElse(false);
    if (loopback) {
      return;
    }
    if (properties.open()) {
      throw new UnsafeStartException(
          "With this "
              + property
              + " other machines reach the service, and no credential is"
              + " configured: all of them could write and read.",
          "Make an API key with make-key and configure it under logs.security.api-keys, or"
              + " configure logs.security.jwt. To stay without, set "
              + property
              + "=127.0.0.1.");
    }
    Ssl ssl = binder.bind(prefix + ".ssl", Ssl.class).orElse(null);
    if (!Ssl.isEnabled(ssl) && properties.tls() != SecurityProperties.Tls.UPSTREAM) {
      throw new UnsafeStartException(
          "With this " + property + " credentials and events would cross the network unencrypted.",
          "Configure "
              + prefix
              + ".ssl (a certificate and its key), or set"
              + " logs.security.tls=upstream if a proxy before this service encrypts.");
    }
  }
}
