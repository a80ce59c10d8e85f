package com.astrobookings.logs.event.value;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses and formats IP addresses; never uses DNS. */
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
    byte[] octets = octets(literal);
    if (octets == null && !LITERAL.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      if (octets != null) {
        return Optional.of(InetAddress.getByAddress(octets));
      }
      return Optional.of(InetAddress.ofLiteral(literal));
    } catch (IllegalArgumentException | UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** The bytes of an IPv4 address in dotted decimal; null if the text is anything else. */
  private static byte @Nullable [] octets(String literal) {
    byte[] octets = new byte[4];
    int index = 0;
    int octet = -1;
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c == '.' && octet >= 0 && octet <= 255 && index < 3) {
        octets[index++] = (byte) octet;
        octet = -1;
      } else if (c >= '0' && c <= '9' && octet != 0 && octet <= 25) {
        octet = octet < 0 ? c - '0' : 10 * octet + c - '0';
      } else {
        return null;
      }
    }
    if (index != 3 || octet < 0 || octet > 255) {
      return null;
    }
    octets[3] = (byte) octet;
    return octets;
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
