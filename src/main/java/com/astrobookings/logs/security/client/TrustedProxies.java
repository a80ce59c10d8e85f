package com.astrobookings.logs.security.client;

import com.astrobookings.logs.event.value.Addresses;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import reactor.netty.http.server.ConnectionInfo;

/**
 * The proxies whose header about their clients is used. A peer that is not among them is the
 * client, whatever its headers say. Immutable.
 */
public final class TrustedProxies {

  private final List<IpSubnetFilterRule> blocks;
  private final ProxyHeader header;

  private TrustedProxies(List<IpSubnetFilterRule> blocks, ProxyHeader header) {
    this.blocks = blocks;
    this.header = header;
  }

  /**
   * Trusts these addresses.
   *
   * @param blocks addresses and blocks in CIDR notation; may be empty
   * @param header the one header that is read. A proxy passes on headers that it does not know, so
   *     a client could choose the value of a second one
   * @throws IllegalArgumentException if one of {@code blocks} is neither, or is everything
   */
  public static TrustedProxies of(List<String> blocks, ProxyHeader header) {
    return new TrustedProxies(blocks.stream().map(TrustedProxies::rule).toList(), header);
  }

  private static IpSubnetFilterRule rule(String text) {
    String block =
        Addresses.parseBlock(text)
            .filter(parsed -> !parsed.endsWith("/0"))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "logs.security.trusted-proxies has addresses such as 10.0.0.7 and blocks such"
                        + " as 10.0.0.0/8, but not all addresses and no names; it must not have "
                        + text));
    int slash = block.indexOf('/');
    InetAddress address =
        Addresses.parse(slash < 0 ? block : block.substring(0, slash)).orElseThrow();
    int bits =
        slash < 0
            ? address.getAddress().length * Byte.SIZE
            : Integer.parseInt(block, slash + 1, block.length(), 10);
    return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
  }

  /** Returns the connection with the address of its client as the remote address. */
  public ConnectionInfo clientOf(ConnectionInfo connection, HttpRequest request) {
    InetSocketAddress peer = connection.getRemoteAddress();
    return peer == null || !trusts(peer)
        ? connection
        : connection.withRemoteAddress(client(peer, request.headers().getAll(header.text())));
  }

  /**
   * Returns the client of a request: going back from the peer, the first address that is not
   * trusted, or the last one if all are.
   *
   * @param peer the other end of the connection
   * @param lines the values of the header, in their order
   * @return {@code peer}, or an address with port 0
   */
  InetSocketAddress client(InetSocketAddress peer, List<String> lines) {
    ForwardedAddresses hops = new ForwardedAddresses(header, String.join(",", lines));
    InetSocketAddress client = peer;
    while (trusts(client)) {
      Optional<InetAddress> before = hops.next();
      if (before.isEmpty()) {
        return client;
      }
      client = new InetSocketAddress(before.get(), 0);
    }
    return client;
  }

  private boolean trusts(InetSocketAddress address) {
    return blocks.stream().anyMatch(block -> block.matches(address));
  }
}
