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

  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

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

  /**
   * Reads an address, or a block of addresses in CIDR notation such as {@code 10.0.0.0/8}.
   *
   * @return its canonical spelling; empty for anything else
   */
  public static Optional<String> parseBlock(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return parse(text).map(Addresses::format);
    }
    String prefix = text.substring(slash + 1);
    if (!PREFIX.matcher(prefix).matches()) {
      return Optional.empty();
    }
    String literal = text.substring(0, slash);
    return parse(literal).flatMap(address -> block(literal, address, Integer.parseInt(prefix)));
  }

  private static Optional<String> block(String literal, InetAddress address, int prefix) {
    int bits = address.getAddress().length * Byte.SIZE;
    boolean mapped = bits == 32 && literal.indexOf(':') >= 0;
    int length = mapped ? prefix - 96 : prefix;
    return length < 0 || length > bits
        ? Optional.empty()
        : Optional.of(format(address) + "/" + length);
  }

  /** The canonical spelling: dotted decimal, or RFC 5952 for IPv6. */
  public static String format(InetAddress address) {
    return NetUtil.toAddressString(address);
  }
}
