package com.astrobookings.logs.query;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.event.value.Nearest;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.Problem.Fault;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one request while they are read. Every fault is gathered before the request is
 * refused, so that who asked can mend all of them at once. Not safe for use by several threads.
 */
final class Parameters {

  private static final int LONGEST_NAME = 64;
  private static final int MOST_FAULTS = 100;

  private final Map<String, ? extends List<@Nullable String>> values;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<Fault> faults = new ArrayList<>();

  /**
   * Parameters as they came.
   *
   * @param values the values of each parameter in their order; null for one without {@code =}
   */
  Parameters(Map<String, ? extends List<@Nullable String>> values) {
    this.values = values;
  }

  /**
   * The value of a parameter that may be stated once.
   *
   * @param reader turns the text into a value, or throws {@link InvalidValueException}
   * @return null if it is absent or faulty
   */
  <T> @Nullable T one(String name, Function<String, T> reader) {
    known.add(name);
    List<@Nullable String> stated = values.get(name);
    if (stated == null || stated.isEmpty()) {
      return null;
    }
    if (stated.size() > 1) {
      fault(name, "is stated %d times; state it once".formatted(stated.size()));
      return null;
    }
    return read(name, stated.getFirst(), reader);
  }

  /**
   * The values of a parameter that may be stated several times, each with several values separated
   * by commas.
   *
   * @param reader turns the text of one value into it, or throws {@link InvalidValueException}
   * @return the valid values, each once
   */
  <T> Set<T> several(String name, Function<String, T> reader) {
    known.add(name);
    List<@Nullable String> stated = values.get(name);
    Set<T> read = new LinkedHashSet<>();
    if (stated != null) {
      stated.stream()
          .flatMap(text -> text == null ? Stream.of("") : Arrays.stream(text.split(",", -1)))
          .map(text -> read(name, text, reader))
          .forEach(value -> addTo(read, value));
    }
    return read;
  }

  private static <T> void addTo(Set<T> values, @Nullable T value) {
    if (value != null) {
      values.add(value);
    }
  }

  private <T> @Nullable T read(String name, @Nullable String text, Function<String, T> reader) {
    if (text == null || text.isEmpty()) {
      fault(name, "is empty; give it a value or leave it out");
      return null;
    }
    return attempt(name, () -> reader.apply(text));
  }

  /** The value, or null after noting why {@code name} does not give one. */
  <T> @Nullable T attempt(String name, Supplier<T> value) {
    try {
      return value.get();
    } catch (InvalidValueException e) {
      fault(name, e.getMessage());
      return null;
    }
  }

  /** Notes that something is wrong with a parameter. */
  void fault(String name, @Nullable String message) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(new Fault(name, String.valueOf(message)));
    }
  }

  /** Whether anything that was read is wrong. */
  boolean faulty() {
    return !faults.isEmpty();
  }

  /**
   * Ends the reading.
   *
   * @throws ProblemException if there is a fault, or a parameter that was not read
   */
  void finish() {
    values.keySet().stream().filter(name -> !known.contains(name)).forEach(this::unknown);
    if (faulty()) {
      throw new ProblemException(
          new Problem(
              ProblemType.INVALID_PARAMETER,
              "Nothing was read. Mend what errors names; the parameters here are "
                  + String.join(", ", known)
                  + ".",
              faults));
    }
  }

  private void unknown(String name) {
    String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    fault(shown, "is not a parameter here" + meant(name, known));
  }

  private static String meant(String name, Collection<String> known) {
    return Nearest.to(name, known).map(near -> "; did you mean " + near + "?").orElse("");
  }
}
