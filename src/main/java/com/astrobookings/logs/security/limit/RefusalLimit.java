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
 * Counts and logs refused credentials. A client may send one a second on average, ten for a moment;
 * an IPv6 client is its network of 64 bits, in which it can choose any address. Valid credentials
 * never count and are never held up: behind a proxy that is not known as one, everybody has the
 * same address, and nobody must be able to lock the others out.
 */
public final class RefusalLimit {

  private static final Logger log = LoggerFactory.getLogger(RefusalLimit.class);

  private final Allowances clients;
  private final Allowances lines;
  private final AtomicLong unlogged = new AtomicLong();

  /**
   * A limit, also for what it logs: one line a second on average, ten for a moment.
   *
   * @param nanoTime a clock that never goes back, with any beginning
   */
  public RefusalLimit(LongSupplier nanoTime) {
    this.clients = new Allowances(1, nanoTime);
    this.lines = new Allowances(1, nanoTime);
  }

  /**
   * Counts a refused credential.
   *
   * @param client who sent it; null if unknown
   * @param reason why it was refused, without anything that the client wrote
   * @return 0, or after how many seconds the client may send the next one
   */
  public long count(@Nullable InetAddress client, String reason) {
    long wait = clients.use(client == null ? "" : network(client));
    if (wait == 0 && lines.use("") == 0) {
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
