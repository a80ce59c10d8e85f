package com.astrobookings.logs.security.limit;

import com.astrobookings.logs.event.value.Addresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs failed authentications by client: an IPv4 address, or an IPv6 network of 64 bits,
 * in which a client can choose any address. A client may fail once a second on average, ten times
 * at once. Valid credentials are neither counted nor delayed, because all clients behind a proxy
 * that is not listed as trusted have the same address.
 */
public final class AuthenticationThrottle {

  private static final Logger log = LoggerFactory.getLogger(AuthenticationThrottle.class);

  private final RateLimiter clients;
  private final RateLimiter lines;
  private final AtomicLong unlogged = new AtomicLong();

  /**
   * Creates a throttle. It logs at most one line a second on average, ten at once.
   *
   * @param nanoTime a monotonic clock in nanoseconds
   */
  public AuthenticationThrottle(LongSupplier nanoTime) {
    this.clients = new RateLimiter(1, nanoTime);
    this.lines = new RateLimiter(1, nanoTime);
  }

  /**
   * Counts a failed authentication.
   *
   * @param client the address of the client; null if unknown
   * @param reason why it failed, without anything that the client wrote
   * @return 0, or after how many seconds the client may try again
   */
  public long count(@Nullable InetAddress client, String reason) {
    long wait = clients.acquire(client == null ? "" : network(client));
    if (wait == 0 && lines.acquire("") == 0) {
      log(client == null ? "unknown" : Addresses.format(client), reason);
    } else {
      unlogged.incrementAndGet();
    }
    return wait;
  }

  private void log(String address, String reason) {
    long more = unlogged.getAndSet(0);
    log.atWarn()
        .addKeyValue("source.ip", address)
        .log(
            "A credential from {} was refused: {}{}",
            address,
            reason,
            more == 0 ? "" : " (and " + more + " more since the last such line)");
  }

  private static String network(InetAddress client) {
    byte[] address = client.getAddress();
    return HexFormat.of()
        .formatHex(client instanceof Inet6Address ? Arrays.copyOf(address, 8) : address);
  }
}
