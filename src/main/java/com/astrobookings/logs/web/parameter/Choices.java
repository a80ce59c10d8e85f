package com.astrobookings.logs.web.parameter;

import com.astrobookings.logs.event.text.Names;
import com.astrobookings.logs.event.text.Nearest;
import com.astrobookings.logs.event.value.InvalidValueException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Readers of enum parameters. */
public final class Choices {

  private Choices() {}

  /**
   * Reads a constant of {@code type} by its name, as it stands.
   *
   * @return throws {@link InvalidValueException} for any other text
   */
  public static <E extends Enum<E>> Function<String, E> byName(Class<E> type) {
    return oneOf(type, Enum::name);
  }

  /**
   * Reads a constant of {@code type} by its name in lower case.
   *
   * @return throws {@link InvalidValueException} for any other text
   */
  public static <E extends Enum<E>> Function<String, E> byLowerCaseName(Class<E> type) {
    return oneOf(type, Names::lowerCase);
  }

  private static <E extends Enum<E>> Function<String, E> oneOf(
      Class<E> type, Function<E, String> spelling) {
    Map<String, E> words =
        Arrays.stream(type.getEnumConstants()).collect(Collectors.toMap(spelling, c -> c));
    String all =
        Arrays.stream(type.getEnumConstants()).map(spelling).collect(Collectors.joining(", "));
    return text -> {
      E constant = words.get(text);
      if (constant == null) {
        throw new InvalidValueException(
            "is not one of " + all + Nearest.hint(text, words.keySet()));
      }
      return constant;
    };
  }
}
