package com.astrobookings.logs.store.kql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Values in the spelling of the language. Characters that could mean something are written by their
 * number: the language's readers do not agree on what a backslash does.
 */
final class KqlText {

  private static final String NOT_BLANK = "\t\r\n\u3000\\():<>\"*{}";
  private static final String SPECIAL = " " + NOT_BLANK;
  private static final Set<String> OPERATORS = Set.of("and", "or", "not");

  private KqlText() {}

  /** A text in quotes. */
  static String quoted(String text) {
    return "\"" + escaped(text, "\"\\") + "\"";
  }

  /** A value that is matched as a whole. */
  static String keyword(List<Token> texts) {
    Glob value = Glob.join(texts.stream().map(Token::asText).toList());
    return value.hasWildcard() ? pattern(texts.getFirst(), value) : quoted(value.text());
  }

  /** The value of a label, which is matched as a whole too, but where a pattern is one word. */
  static String label(List<Token> texts) {
    Glob value = Glob.join(texts.stream().map(Token::asText).toList());
    if (!value.hasWildcard()) {
      return quoted(value.text());
    }
    if (value.parts().stream().anyMatch(part -> part.contains(" "))) {
      throw KqlFault.at(
          texts.getFirst(), "the value of a label cannot have both a blank and a wildcard");
    }
    return sentence(texts);
  }

  /** Words of a sentence, or a phrase of it. */
  static String sentence(List<Token> texts) {
    Token first = texts.getFirst();
    if (first.is(Token.Kind.PHRASE)) {
      return quoted(first.asText().text());
    }
    boolean pattern = texts.stream().anyMatch(token -> token.asText().hasWildcard());
    return texts.stream().map(token -> word(token, pattern)).collect(Collectors.joining(" "));
  }

  private static String word(Token token, boolean amongPatterns) {
    Glob word = token.asText();
    boolean operator = OPERATORS.contains(word.text().toLowerCase(Locale.ROOT));
    if (amongPatterns && (operator || word.parts().stream().anyMatch(part -> part.contains("*")))) {
      throw KqlFault.at(token, "this cannot stand beside a wildcard; put it in quotes, with and");
    }
    return operator
        ? number(word.text().charAt(0)) + word.text().substring(1)
        : joined(token, word.parts().stream().map(part -> escaped(part, SPECIAL)).toList());
  }

  /** In a pattern of this kind a question mark would stand for any character. */
  private static String pattern(Token place, Glob value) {
    return joined(place, value.parts().stream().map(KqlText::literalInPattern).toList());
  }

  private static String literalInPattern(String part) {
    return part.chars()
        .mapToObj(c -> ("\\*?".indexOf(c) < 0 ? "" : number('\\')) + escaped((char) c, NOT_BLANK))
        .collect(Collectors.joining());
  }

  /** Elasticsearch overlooks a wildcard that has any backslash before it. */
  private static String joined(Token place, List<String> parts) {
    if (parts.size() > 1 && parts.getFirst().indexOf('\\') >= 0) {
      throw KqlFault.at(
          place, "no wildcard can follow a character that has to be escaped, such as : or ?");
    }
    return String.join("*", parts);
  }

  private static String escaped(String text, String special) {
    return text.chars().mapToObj(c -> escaped((char) c, special)).collect(Collectors.joining());
  }

  private static String escaped(char c, String special) {
    return special.indexOf(c) < 0 ? String.valueOf(c) : number(c);
  }

  private static String number(char c) {
    return "\\u%04x".formatted((int) c);
  }
}
