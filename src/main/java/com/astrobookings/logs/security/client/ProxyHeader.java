package com.astrobookings.logs.security.client;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A header to which each proxy appends the address of its client. */
public enum ProxyHeader {
  /** The de-facto standard: addresses separated by commas. */
  X_FORWARDED_FOR("X-Forwarded-For") {
    @Override
    Optional<String> node(String element) {
      return Optional.of(element.strip());
    }
  },

  /** RFC 7239: elements separated by commas, each with pairs of names and values. */
  FORWARDED("Forwarded") {
    @Override
    Optional<String> node(String element) {
      return ELEMENT.matcher(element).matches()
          ? Optional.of(theOnlyFor(element))
          : Optional.empty();
    }
  };

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
  private static final String QUOTED = "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"";
  private static final String SPACE = "[ \t]*+";
  private static final Pattern PAIR =
      Pattern.compile("(%s)=(%s|%s)".formatted(TOKEN, TOKEN, QUOTED));
  private static final Pattern ELEMENT =
      Pattern.compile("%1$s(?:%2$s)?%1$s(?:;%1$s(?:%2$s)?%1$s)*+".formatted(SPACE, PAIR));

  private final String text;

  ProxyHeader(String text) {
    this.text = text;
  }

  /** Returns the name of the header. */
  String text() {
    return text;
  }

  /**
   * Returns the client in an element.
   *
   * @param element the text between two commas
   * @return empty if it is not a whole element, because one of the commas is within a quoted
   *     string; an empty text if the element names no client
   */
  abstract Optional<String> node(String element);

  private static String theOnlyFor(String element) {
    List<String> values =
        PAIR.matcher(element)
            .results()
            .filter(pair -> pair.group(1).equalsIgnoreCase("for"))
            .map(ProxyHeader::value)
            .toList();
    return values.size() == 1 ? values.getFirst() : "";
  }

  private static String value(MatchResult pair) {
    String value = pair.group(2);
    return value.startsWith("\"")
        ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
        : value;
  }
}
