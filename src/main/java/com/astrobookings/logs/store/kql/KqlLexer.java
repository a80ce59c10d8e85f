package com.astrobookings.logs.store.kql;

import com.astrobookings.logs.store.kql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a query into its parts. */
final class KqlLexer {

  private static final String BLANKS = " \t\r\n\u3000";
  private static final String SPECIAL = "\\():<>\"*{} ";
  private static final String ENDS_WORD = BLANKS + "():<>\"{}";

  private final String query;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  private KqlLexer(String query) {
    this.query = query;
  }

  /** The parts in their order; the last one is {@link Kind#END}. */
  static List<Token> tokens(String query) {
    KqlLexer lexer = new KqlLexer(query);
    while (lexer.next < query.length()) {
      lexer.proceed();
    }
    lexer.add(Kind.END, query.length());
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
    add(kind, next++);
  }

  private void comparison(Kind strict, Kind orEqual) {
    boolean equal = next + 1 < query.length() && query.charAt(next + 1) == '=';
    add(equal ? orEqual : strict, next);
    next += equal ? 2 : 1;
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
    tokens.add(new Token(Kind.PHRASE, Glob.literal(text.toString()), place(start)));
  }

  /** In quotes a backslash is itself, unless it makes sense to be more. */
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
      case "and" -> add(Kind.AND, start);
      case "or" -> add(Kind.OR, start);
      case "not" -> add(Kind.NOT, start);
      default -> tokens.add(new Token(Kind.WORD, new Glob(parts), place(start)));
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
    int end = next + 4;
    if (end <= query.length()
        && query.substring(next, end).chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      char c = (char) Integer.parseInt(query.substring(next, end), 16);
      if (!Character.isSurrogate(c)) {
        next = end;
        return String.valueOf(c);
      }
    }
    throw KqlFault.at(
        place(next - 2), "\\u is followed by the four hexadecimal digits of a character");
  }

  private void add(Kind kind, int start) {
    tokens.add(new Token(kind, null, place(start)));
  }

  private int place(int index) {
    return query.codePointCount(0, index) + 1;
  }
}
