package com.astrobookings.logs.web.parameter;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.event.text.Hints;
import com.astrobookings.logs.event.text.Nearest;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.Problem.Fault;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of one request and collects every error, so that the response names all of
 * them at once. Not safe for use by several threads.
 */
public final class Parameters {

  private static final String KEY = ".<key>";
  private static final int MAX_NAME_SIZE = 64;
  private static final int MAX_VALUES = 100;
  private static final int MAX_FAULTS = 100;

  /** Names of other log services for parameters of this one. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "event_type", "type",
          "start", "from",
          "since", "from",
          "end", "to",
          "until", "to",
          "size", "limit",
          "sort", "order",
          "page", "cursor",
          "offset", "cursor");

  private final Map<String, ? extends List<@Nullable String>> values;
  private final Map<String, String> unreadable;
  private final BiFunction<String, String, Fault> faultOf;
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> keyed = new HashSet<>();
  private final List<Fault> faults = new ArrayList<>();
  private final Hints hints = new Hints();

  /**
   * Parameters of a query string.
   *
   * @param values the values of each parameter in their order; null for one without {@code =}
   */
  public Parameters(Map<String, ? extends List<@Nullable String>> values) {
    this(values, Map.of(), Fault::new);
  }

  /**
   * Parameters as they came.
   *
   * @param unreadable by name what is wrong with parameters whose values cannot be read at all
   * @param faultOf makes a fault of the name of a parameter and what is wrong with it
   */
  public Parameters(
      Map<String, ? extends List<@Nullable String>> values,
      Map<String, String> unreadable,
      BiFunction<String, String, Fault> faultOf) {
    this.values = values;
    this.unreadable = unreadable;
    this.faultOf = faultOf;
  }

  /**
   * The value of a parameter that may be stated once.
   *
   * @param reader turns the text into a value, or throws {@link InvalidValueException}
   * @return null if it is absent or faulty
   */
  public <T> @Nullable T one(String name, Function<String, T> reader) {
    List<@Nullable String> stated = stated(name);
    if (stated.size() > 1) {
      fault(name, "is stated %d times; state it once".formatted(stated.size()));
    }
    return stated.size() == 1 ? read(name, stated.getFirst(), reader, false) : null;
  }

  /**
   * The values of a parameter that may be stated several times, each with several values separated
   * by commas.
   *
   * @param reader turns the text of one value into it, or throws {@link InvalidValueException}
   * @return the valid values, each once
   */
  public <T> Set<T> several(String name, Function<String, T> reader) {
    Stream<@Nullable String> each =
        stated(name).stream()
            .flatMap(text -> text == null ? Stream.of("") : Arrays.stream(text.split(",", -1)));
    return read(name, each.toList(), reader, false);
  }

  /**
   * The values of a parameter that may be stated several times, each with one value.
   *
   * @param reader turns the text of one value into it, or throws {@link InvalidValueException}
   * @return the valid values, each once
   */
  public <T> Set<T> repeated(String name, Function<String, T> reader) {
    return read(name, stated(name), reader, false);
  }

  /**
   * The same, but a value may be empty: {@code name=} then states it, and {@code name} does not.
   */
  public <T> Set<T> repeatedOrEmpty(String name, Function<String, T> reader) {
    return read(name, stated(name), reader, true);
  }

  /** The names of the parameters that consist of a prefix, a dot and a key. */
  public List<String> keyed(String prefix) {
    known.add(prefix + KEY);
    List<String> names =
        values.keySet().stream().filter(name -> name.startsWith(prefix + ".")).toList();
    keyed.addAll(names);
    return names;
  }

  private List<@Nullable String> stated(String name) {
    if (!keyed.contains(name)) {
      known.add(name);
    }
    String reason = unreadable.get(name);
    if (reason != null) {
      fault(name, reason);
    }
    List<@Nullable String> stated = values.get(name);
    return stated == null ? List.of() : stated;
  }

  private <T> Set<T> read(
      String name, List<@Nullable String> texts, Function<String, T> reader, boolean orEmpty) {
    Set<T> read = new LinkedHashSet<>();
    if (texts.size() > MAX_VALUES) {
      fault(name, "has %d values; at most %d are accepted".formatted(texts.size(), MAX_VALUES));
      return read;
    }
    texts.forEach(text -> addTo(read, read(name, text, reader, orEmpty)));
    return read;
  }

  private static <T> void addTo(Set<T> values, @Nullable T value) {
    if (value != null) {
      values.add(value);
    }
  }

  private <T> @Nullable T read(
      String name, @Nullable String text, Function<String, T> reader, boolean orEmpty) {
    if (text == null || (text.isEmpty() && !orEmpty)) {
      fault(name, "is empty; give it a value or leave it out");
      return null;
    }
    return attempt(name, () -> reader.apply(text));
  }

  /** The value, or null after noting why {@code name} does not give one. */
  public <T> @Nullable T attempt(String name, Supplier<T> value) {
    try {
      return value.get();
    } catch (InvalidValueException e) {
      e.messages().forEach(message -> fault(name, message));
      return null;
    }
  }

  /** Notes that something is wrong with a parameter. */
  public void fault(String name, String message) {
    if (faults.size() < MAX_FAULTS) {
      String shown = name.length() <= MAX_NAME_SIZE ? name : name.substring(0, MAX_NAME_SIZE) + "…";
      faults.add(faultOf.apply(shown, message));
    }
  }

  /** Whether anything that was read is wrong. */
  public boolean faulty() {
    return !faults.isEmpty();
  }

  /**
   * Finishes reading.
   *
   * @param nothing what has not been done, as a sentence without its full stop
   * @throws ProblemException if there is a fault, or a parameter that was not read
   */
  public void finish(String nothing) {
    values.keySet().stream().filter(this::isUnknown).forEach(this::unknown);
    if (faulty()) {
      throw new ProblemException(
          new Problem(
              ProblemType.INVALID_PARAMETER,
              nothing
                  + ". Correct what errors names; "
                  + (known.isEmpty()
                      ? "there are no parameters here."
                      : "the parameters here are " + String.join(", ", known) + "."),
              faults));
    }
  }

  private boolean isUnknown(String name) {
    return !known.contains(name) && !keyed.contains(name);
  }

  private void unknown(String name) {
    fault(name, "is not a parameter here" + (hints.take() ? meant(name, known) : ""));
  }

  private static String meant(String name, Collection<String> known) {
    String alias = alias(name);
    for (String here : Arrays.asList(alias, alias + KEY)) {
      if (known.contains(here)) {
        return "; here it is " + here;
      }
    }
    return name.isEmpty() ? "" : Nearest.hint(name, known);
  }

  /** The parameter that asks for a member of events which is named otherwise, and the like. */
  private static @Nullable String alias(String name) {
    Field<?> member = EventSchema.fields().get(name);
    return member == null ? ALIASES.get(name) : member.filter();
  }
}
