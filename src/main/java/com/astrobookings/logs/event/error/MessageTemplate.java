package com.astrobookings.logs.event.error;

/**
 * Leaves out of messages what differs from one occurrence of an error to the next: numbers, ids,
 * quoted text, and e-mail and IP addresses. Each becomes {@code #}.
 *
 * <p>A word is an id if it consists of digits, hexadecimal digits and the signs between those in
 * numbers, dates, UUIDs and addresses. In other words the parts with digits are left out, but for
 * letters before them: {@code job-7a2f} becomes {@code job-#}, {@code OAuth2} becomes {@code
 * OAuth#}.
 */
final class MessageTemplate {

  /** Messages that agree so far are the same. */
  private static final int MAX_LENGTH = 1_024;

  private static final char GAP = '#';

  /** A word of the letters a to f alone is an id if it has at least so many. */
  private static final int MIN_HEX_WORD_LENGTH = 8;

  /** A part of letters a to f and digits is left out whole if it has at least so many. */
  private static final int MIN_HEX_PART_LENGTH = 4;

  private static final String OPENING_QUOTES = "\"'`“‘«";
  private static final String CLOSING_QUOTES = "\"'`”’»";
  private static final String DELIMITERS = "()[]{}<>,;=|\"`“”«»";

  private final String message;
  private final int length;
  private final StringBuilder template = new StringBuilder();

  private MessageTemplate(String message) {
    this.length = Math.min(message.length(), MAX_LENGTH);
    this.message = message.substring(0, length);
  }

  /** Returns the template of a message. */
  static String of(String message) {
    return new MessageTemplate(message).template();
  }

  private String template() {
    int at = 0;
    while (at < length) {
      char c = message.charAt(at);
      int closing = closingQuote(at);
      if (closing > 0) {
        gap();
        at = closing + 1;
      } else if (Character.isWhitespace(c)) {
        space();
        at++;
      } else if (isDelimiter(c)) {
        template.append(c);
        at++;
      } else {
        at = word(at);
      }
    }
    return template.toString().strip();
  }

  /** Returns where the text ends whose opening quote stands there; 0 if there is none. */
  private int closingQuote(int at) {
    int kind = OPENING_QUOTES.indexOf(message.charAt(at));
    if (kind < 0 || (at > 0 && Character.isLetterOrDigit(message.charAt(at - 1)))) {
      return 0;
    }
    char quote = CLOSING_QUOTES.charAt(kind);
    int end = message.indexOf(quote, at + 1);
    while (end > 0
        && end + 1 < message.length()
        && Character.isLetterOrDigit(message.charAt(end + 1))) {
      end = message.indexOf(quote, end + 1);
    }
    return Math.max(0, end);
  }

  private void space() {
    if (!template.isEmpty() && template.charAt(template.length() - 1) != ' ') {
      template.append(' ');
    }
  }

  /** Adds a gap; of several with nothing but signs of numbers between them, the first. */
  private void gap() {
    int last = template.length() - 1;
    while (last >= 0 && "-.:/_, +".indexOf(template.charAt(last)) >= 0) {
      last--;
    }
    if (last >= 0 && template.charAt(last) == GAP && template.length() - last <= 3) {
      template.setLength(last + 1);
    } else {
      template.append(GAP);
    }
  }

  private static boolean isDelimiter(char c) {
    return DELIMITERS.indexOf(c) >= 0;
  }

  /** Adds the word that begins there and returns where it ends. */
  private int word(int start) {
    int end = start + 1;
    while (end < length
        && !Character.isWhitespace(message.charAt(end))
        && !isDelimiter(message.charAt(end))) {
      end++;
    }
    int stripped = end;
    while (stripped > start + 1 && ".:!?'".indexOf(message.charAt(stripped - 1)) >= 0) {
      stripped--;
    }
    if (isId(start, stripped) || isMailAddress(start, stripped)) {
      gap();
    } else {
      parts(start, stripped);
    }
    template.append(message, stripped, end);
    return end;
  }

  private boolean isMailAddress(int start, int end) {
    int sign = message.indexOf('@', start, end);
    return sign > start && sign < end - 1;
  }

  /** Whether the word is a number, a date, an address or an id of hexadecimal digits. */
  private boolean isId(int start, int end) {
    boolean digits = false;
    int colons = 0;
    int begin = message.startsWith("0x", start) ? start + 2 : start;
    for (int i = begin; i < end; i++) {
      char c = message.charAt(i);
      if (!isHex(c) && "-+.:%_".indexOf(c) < 0) {
        return false;
      }
      digits |= isDigit(c);
      colons += c == ':' ? 1 : 0;
    }
    return digits || colons > 1 || end - begin >= MIN_HEX_WORD_LENGTH;
  }

  private void parts(int start, int end) {
    int at = start;
    while (at < end) {
      int partEnd = at;
      while (partEnd < end && Character.isLetterOrDigit(message.charAt(partEnd))) {
        partEnd++;
      }
      if (partEnd == at) {
        template.append(message.charAt(at++));
      } else {
        part(at, partEnd);
        at = partEnd;
      }
    }
  }

  /** Adds a part of letters and digits. */
  private void part(int start, int end) {
    int digit = start;
    while (digit < end && !isDigit(message.charAt(digit))) {
      digit++;
    }
    if (digit == end) {
      template.append(message, start, end);
      return;
    }
    int rest = digit;
    while (rest < end && isDigit(message.charAt(rest))) {
      rest++;
    }
    if (rest == end && !isLongHex(start, end)) {
      template.append(message, start, digit);
    }
    gap();
  }

  private boolean isLongHex(int start, int end) {
    for (int i = start; i < end; i++) {
      if (!isHex(message.charAt(i))) {
        return false;
      }
    }
    return end - start >= MIN_HEX_PART_LENGTH;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
