package com.astrobookings.logs.event.value;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Internet addresses as literals; nothing here asks a name server. */
public final class Addresses {

  private static final String OCTET = "(?:0|[1-9][0-9]{0,2})";
  private static final String DOTTED = OCTET + "(?:\\." + OCTET + "){3}";
  private static final Pattern LITERAL =
      Pattern.compile(DOTTED + "|[0-9A-Fa-f:]*:(?:[0-9A-Fa-f]*|" + DOTTED + ")");

  private Addresses() {}

  /**
   * Reads an IPv4 or IPv6 literal. An IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.7}) is the
   * IPv4 address it maps.
   *
   * @return empty for anything else: names, zones ({@code %eth0}), brackets, octets with leading
   *     zeros (which some read as octal)
   */
  public static Optional<InetAddress> parse(String literal) {
    if (!LITERAL.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(literal));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The canonical spelling: dotted decimal, or RFC 5952 for IPv6. */
  public static String format(InetAddress address) {
    return NetUtil.toAddressString(address);
  }
}
