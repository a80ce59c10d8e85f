package com.astrobookings.logs.event.value;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Internet addresses as literals; nothing here asks a name server. */
public final class Addresses {

  private static final Pattern LEADING_ZERO = Pattern.compile("(^|[.:])0[0-9]+(\\.|$)");

  private Addresses() {}

  /**
   * Reads an IPv4 or IPv6 literal. An IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.7}) is the
   * IPv4 address it maps.
   *
   * @return empty for anything else: names, zones ({@code %eth0}), brackets, octets with leading
   *     zeros (which some read as octal)
   */
  public static Optional<InetAddress> parse(String literal) {
    if (literal.indexOf('%') >= 0 || literal.indexOf('[') >= 0) {
      return Optional.empty();
    }
    if (literal.indexOf('.') >= 0 && LEADING_ZERO.matcher(literal).find()) {
      return Optional.empty();
    }
    byte @Nullable [] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
    return bytes == null ? Optional.empty() : Optional.of(of(bytes));
  }

  /** The canonical spelling: dotted decimal, or RFC 5952 for IPv6. */
  public static String format(InetAddress address) {
    return NetUtil.toAddressString(address);
  }

  private static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Neither 4 nor 16 bytes", e);
    }
  }
}
