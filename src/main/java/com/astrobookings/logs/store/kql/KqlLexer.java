package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.store.kql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a query into tokens, as the grammar of Kibana does. White space is kept where it stands
 * between two words of one value. Beyond that grammar, a backslash before a blank makes the blank a
 * part of its word.
 */
final class KqlLexer {

  private static final String BLANKS = " \t\r\n\u00a0\u3000";
  private static final String SPECIAL = "\\():<>\"*{} ";
  private static final String ENDS_WORD = BLANKS + "():<>\"{}";

  private final String query;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  /** Where the last token ends. */
  private int end;

  private KqlLexer(String query) {
    this.query = query;
  }

  /**
   * Returns the tokens in their order; the last one is {@link Kind#END}.
   *
   * @throws com.astrobookings.logs.event.value.InvalidValueException if a quote is not closed or an
   *     escape is unknown
   */
  static List<Token> tokens(String query) {
    KqlLexer lexer = new KqlLexer(query);
    while (lexer.next < query.length()) {
      lexer.proceed();
    }
    lexer.add(Kind.END, null, query.length());
    return List.copyOf(lexer.tokens);
  }

  private void proceed() {
    int start = next;
    char c = query.charAt(next);
    switch (c) {
      case '(' -> single(Kind.OPEN);
      case ')' -> single(Kind.CLOSE);
      case '{' -> single(Kind.OPEN_BRACE);
      case '}' -> single(Kind.CLOSE_BRACE);
      case ':' -> single(Kind.COLON);
      case '<' -> comparison(Kind.LESS, Kind.AT_MOST);
      case '>' -> comparison(Kind.MORE, Kind.AT_LEAST);
      case '"' -> phrase(start);
      default -> {
        if (BLANKS.indexOf(c) >= 0) {
          next++;
        } else {
          word(start);
        }
      }
    }
  }

  private void single(Kind kind) {
    next++;
    add(kind, null, next - 1);
  }

  private void comparison(Kind strict, Kind orEqual) {
    boolean equal = next + 1 < query.length() && query.charAt(next + 1) == '=';
    int start = next;
    next += equal ? 2 : 1;
    add(equal ? orEqual : strict, null, start);
  }

  private void phrase(int start) {
    next++;
    StringBuilder text = new StringBuilder();
    while (next < query.length() && query.charAt(next) != '"') {
      char c = query.charAt(next++);
      text.append(c == '\\' ? escapedInPhrase() : String.valueOf(c));
    }
    if (next == query.length()) {
      throw KqlFault.at(place(start), "this quote is not closed");
    }
    next++;
    add(Kind.PHRASE, WildcardPattern.literal(text.toString()), start);
  }

  /** Reads what follows a backslash in quotes; one that escapes nothing stands for itself. */
  private String escapedInPhrase() {
    char c = next < query.length() ? query.charAt(next) : ' ';
    return switch (c) {
      case '"', '\\' -> {
        next++;
        yield String.valueOf(c);
      }
      case 't', 'r', 'n', 'u' -> control(c);
      default -> "\\";
    };
  }

  private void word(int start) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    while (next < query.length() && ENDS_WORD.indexOf(query.charAt(next)) < 0) {
      char c = query.charAt(next++);
      if (c == '*') {
        // Several in a row are one.
        if (parts.isEmpty() || !part.isEmpty()) {
          parts.add(part.toString());
          part.setLength(0);
        }
      } else {
        part.append(c == '\\' ? escapedInWord() : String.valueOf(c));
      }
    }
    parts.add(part.toString());
    switch (query.substring(start, next).toLowerCase(Locale.ROOT)) {
      case "and" -> add(Kind.AND, null, start);
      case "or" -> add(Kind.OR, null, start);
      case "not" -> add(Kind.NOT, null, start);
      default -> add(Kind.WORD, new WildcardPattern(parts), start);
    }
  }

  private String escapedInWord() {
    char c = next < query.length() ? query.charAt(next) : '\0';
    if (SPECIAL.indexOf(c) >= 0) {
      next++;
      return String.valueOf(c);
    }
    for (String keyword : List.of("and", "or", "not")) {
      if (query.regionMatches(true, next, keyword, 0, keyword.length())) {
        next += keyword.length();
        return query.substring(next - keyword.length(), next);
      }
    }
    if ("trnu".indexOf(c) >= 0) {
      return control(c);
    }
    throw KqlFault.at(
        place(next - 1), "a backslash has to be written twice, or the text put in quotes");
  }

  private String control(char c) {
    next++;
    return switch (c) {
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'n' -> "\n";
      default -> unicode();
    };
  }

  private String unicode() {
    int after = next + 4;
    if (after <= query.length()
        && query.substring(next, after).chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      char c = (char) Integer.parseInt(query.substring(next, after), 16);
      if (!Character.isSurrogate(c)) {
        next = after;
        return String.valueOf(c);
      }
    }
    throw KqlFault.at(
        place(next - 2), "\\u is followed by the four hexadecimal digits of a character");
  }

  private void add(Kind kind, @Nullable WildcardPattern text, int start) {
    tokens.add(new Token(kind, text, query.substring(end, start), place(start)));
    end = next;
  }

  private int place(int index) {
    return query.codePointCount(0, index) + 1;
  }
}
