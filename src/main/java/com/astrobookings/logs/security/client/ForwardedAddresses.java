package com.astrobookings.logs.security.client;

import com.astrobookings.logs.event.value.Addresses;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the addresses in a header of proxies from the end. What is left of an element was written,
 * or passed on, by the address in that element; so nothing that a client sends can change how the
 * elements behind it are read. Not safe for use by several threads.
 */
final class ForwardedAddresses {

  private static final int MAX_ELEMENT_LENGTH = 512;

  private static final String PORT = "(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]{1,64}))?";
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\]]*+)\\]" + PORT);
  private static final Pattern DOTTED = Pattern.compile("([0-9.]++)" + PORT);

  private final ProxyHeader header;
  private final String text;
  private int end;

  ForwardedAddresses(ProxyHeader header, String text) {
    this.header = header;
    this.text = text;
    this.end = text.length();
  }

  /**
   * Returns the address in the next element.
   *
   * @return empty if there is no further element, or if it has no address: it is malformed, or
   *     obfuscated ({@code unknown}, {@code _name})
   */
  Optional<InetAddress> next() {
    for (int comma = end; comma >= 0; ) {
      comma = text.lastIndexOf(',', comma - 1);
      if (end - comma > MAX_ELEMENT_LENGTH) {
        break;
      }
      Optional<String> node = header.node(text.substring(comma + 1, end));
      if (node.isPresent()) {
        end = comma;
        return node.flatMap(ForwardedAddresses::address);
      }
    }
    end = -1;
    return Optional.empty();
  }

  private static Optional<InetAddress> address(String node) {
    Matcher bracketed = BRACKETED.matcher(node);
    if (bracketed.matches()) {
      return Addresses.parse(bracketed.group(1));
    }
    Matcher dotted = DOTTED.matcher(node);
    return Addresses.parse(dotted.matches() ? dotted.group(1) : node);
  }
}
