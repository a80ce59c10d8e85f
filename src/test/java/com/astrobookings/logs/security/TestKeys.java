package com.astrobookings.logs.security;

import com.astrobookings.logs.web.Scope;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** API keys that the tests know, and the properties by which a service knows them. */
public final class TestKeys {

  private static final Map<String, String> PROPERTIES = new TreeMap<>();

  private static final String EVERY_SCOPE =
      Arrays.stream(Scope.values()).map(Scope::text).collect(Collectors.joining(","));

  public static final String ALL = add(0, EVERY_SCOPE, "");
  static final String EXPIRED = add(1, EVERY_SCOPE, "2020-01-01");
  static final String EXPIRING = add(2, EVERY_SCOPE, "2999-12-31T23:59:59Z");
  public static final String WRONG = EXPIRING.substring(0, EXPIRING.length() - 8) + "00000000";
  static final String UNKNOWN = key(99);

  static {
    for (Scope scope : Scope.values()) {
      add(number(scope), scope.text(), "");
    }
  }

  private TestKeys() {}

  /** The key that has this scope alone. */
  public static String of(Scope scope) {
    return key(number(scope));
  }

  private static int number(Scope scope) {
    return 10 + Arrays.asList(Scope.values()).indexOf(scope);
  }

  private static String key(int number) {
    return "alk_%08x_%040x".formatted(number, number * 7919L + 0xabcdefL);
  }

  private static String add(int number, String scopes, String expires) {
    String key = key(number);
    String prefix = "logs.security.api-keys[%d].".formatted(PROPERTIES.size() / 4);
    PROPERTIES.put(prefix + "name", "key-" + number);
    PROPERTIES.put(
        prefix + "hash",
        ApiKeyFormat.id(key) + ":" + HexFormat.of().formatHex(ApiKeyFormat.hash(key)));
    PROPERTIES.put(prefix + "scopes", scopes);
    PROPERTIES.put(prefix + "expires", expires);
    return key;
  }

  /** What to configure, so that a service knows them. */
  public static Map<String, String> properties() {
    return Map.copyOf(PROPERTIES);
  }
}
