package com.astrobookings.logs.store;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.event.value.Result;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Map;

/** What filters mean, said without an index. */
final class Matching {

  private static final String LABELS = "labels.";

  private Matching() {}

  static boolean accepts(Filter filter, LogEvent event) {
    if (filter.path().startsWith(LABELS)) {
      Map<String, String> labels = event.envelope().labels();
      String value = labels.get(filter.path().substring(LABELS.length()));
      return value != null && filter.values().contains(value);
    }
    return EventSchema.fieldsOf(event.type()).stream()
        .filter(field -> field.path().equals(filter.path()))
        .anyMatch(field -> accepts(filter, field, field.valueIn(event)));
  }

  private static boolean accepts(Filter filter, Field<?> field, Object value) {
    boolean anyCase = field.codec().fieldType() == FieldType.LOWERCASE_KEYWORD;
    return switch (value) {
      case null -> false;
      case String text when anyCase ->
          filter.values().stream().anyMatch(wanted -> lower(wanted).equals(lower(text)));
      case String text -> filter.values().contains(text);
      case Result result -> filter.values().contains(result.outcome());
      case InetAddress address ->
          filter.values().stream().anyMatch(block -> contains(block, address));
      default -> throw new IllegalArgumentException(field + " is no filter");
    };
  }

  /** Character by character, as indices do it: not by the rules of any language. */
  private static String lower(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean contains(String block, InetAddress address) {
    String[] parts = block.split("/", 2);
    byte[] network = Addresses.parse(parts[0]).orElseThrow().getAddress();
    byte[] bytes = address.getAddress();
    int bits = bytes.length * Byte.SIZE;
    int free = parts.length == 1 ? 0 : bits - Integer.parseInt(parts[1]);
    return network.length == bytes.length
        && new BigInteger(1, network)
            .shiftRight(free)
            .equals(new BigInteger(1, bytes).shiftRight(free));
  }
}
