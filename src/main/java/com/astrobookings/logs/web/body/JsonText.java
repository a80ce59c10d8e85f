package com.astrobookings.logs.web.body;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** A piece of a body that should be JSON in UTF-8, and what to say about it when it is not. */
public final class JsonText {

  private static final int MAX_DEPTH = 500;

  /** Bounds the depth only; the size of a value is checked where it is read. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** Longer ones first: some end like others. */
  private static final List<String> NO_NUMBERS =
      List.of("-Infinity", "+Infinity", "Infinity", "-INF", "+INF", "NaN");

  private final byte[] bytes;
  private final int from;
  private final int to;
  private final int firstLine;

  private JsonText(byte[] bytes, int from, int to, int firstLine) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.firstLine = firstLine;
  }

  /** The whole body; a byte order mark at its beginning is no part of the text. */
  public static JsonText of(Body body) {
    byte[] bytes = body.bytes();
    boolean marked =
        body.length() >= 3
            && (bytes[0] & 0xFF) == 0xEF
            && (bytes[1] & 0xFF) == 0xBB
            && (bytes[2] & 0xFF) == 0xBF;
    return new JsonText(bytes, marked ? 3 : 0, body.length(), 1);
  }

  /** Reads the text from its beginning; bounds the depth of values alone, to 500. */
  public JsonParser parser() {
    return JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from);
  }

  /**
   * Hands on the text cut at line feeds, which belong to no line, one line after the other: their
   * number is bounded by nothing but the size of the body. Leaves out lines that hold nothing but
   * what JSON calls white space.
   */
  public void forEachLine(Consumer<JsonText> action) {
    int line = 1;
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || bytes[i] == '\n') {
        if (!isBlank(start, i)) {
          action.accept(new JsonText(bytes, start, i, line));
        }
        start = i + 1;
        line++;
      }
    }
  }

  private boolean isBlank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** The first fault of the encoding, or null if there is none. */
  public @Nullable String badUtf8() {
    int at = Utf8Text.firstFault(bytes, from, to);
    if (at == to) {
      return null;
    }
    return place(at)
        + (bytes[at] == 0
            ? ": a zero byte is not part of JSON; send UTF-8, not UTF-16"
            : ": the bytes are not UTF-8");
  }

  /**
   * What is wrong with the JSON, with its place.
   *
   * @param failure what {@code parser}, of this text, has thrown
   */
  public String fault(JacksonException failure, JsonParser parser) {
    if (failure instanceof StreamConstraintsException) {
      return place(from + parser.currentLocation().getByteOffset())
          + ": values are nested too deep";
    }
    long offset = failure.getLocation().getByteOffset();
    String noNumber = noNumber(from + offset);
    return noNumber == null ? unexpected(offset) : noNumber;
  }

  /** The parser notices only behind them what other languages take for numbers. */
  private @Nullable String noNumber(long end) {
    for (String word : NO_NUMBERS) {
      long start = end - word.length();
      if (start >= from && end <= to && word.equals(ascii((int) start, word.length()))) {
        return place(start) + ": JSON has no number " + word + "; leave out what has no value";
      }
    }
    boolean plus = end > from && end <= to && bytes[(int) end - 1] == '+';
    return plus && (end - 1 == from || (bytes[(int) end - 2] | ' ') != 'e')
        ? place(end - 1) + ": numbers have no plus sign in JSON"
        : null;
  }

  private String ascii(int start, int length) {
    return new String(bytes, start, length, StandardCharsets.US_ASCII);
  }

  /**
   * What is wrong with what follows the value that {@code parser} has read, with its place; null if
   * nothing follows.
   */
  public @Nullable String excess(JsonParser parser) {
    return parser.nextToken() == null
        ? null
        : unexpected(parser.currentTokenLocation().getByteOffset());
  }

  /** Says that what stands at {@code offset} should not be there. */
  private String unexpected(long offset) {
    long at = from + offset;
    return place(at)
        + ": "
        + (at >= to ? "the text ends in the middle of a value" : what((int) at));
  }

  private String what(int at) {
    int character = bytes[at] & 0xFF;
    return switch (character) {
      case '\'' -> "' does not belong here; JSON has strings in double quotes only";
      case '/', '#' -> "JSON has no comments";
      default ->
          character < ' '
              ? "a control character does not belong here; in a string write an escape such as \\n"
              : "%s does not belong here".formatted(characterAt(at));
    };
  }

  private String characterAt(int at) {
    String rest = new String(bytes, at, Math.min(4, to - at), StandardCharsets.UTF_8);
    return rest.substring(0, rest.offsetByCodePoints(0, 1));
  }

  /** Line and column of a byte, both from 1; columns are characters. */
  private String place(long at) {
    int line = firstLine;
    int column = 1;
    for (int i = from; i < Math.min(at, to); i++) {
      if (bytes[i] == '\n') {
        line++;
        column = 1;
      } else if ((bytes[i] & 0xC0) != 0x80) {
        column++;
      }
    }
    return "line %d, column %d".formatted(line, column);
  }
}
