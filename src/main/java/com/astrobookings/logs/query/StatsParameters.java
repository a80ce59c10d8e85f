package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.event.text.Nearest;
import com.astrobookings.logs.event.value.FieldCodecs;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.stats.Dimension;
import com.astrobookings.logs.store.stats.Interval;
import com.astrobookings.logs.store.stats.StatsRequest;
import com.astrobookings.logs.store.stats.StatsRequest.Resolution;
import com.astrobookings.logs.store.stats.TooManyBucketsException;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.parameter.Parameters;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parameters of a request for statistics.
 *
 * @param query what is counted
 * @param request how it is counted
 * @param outcomes the types with an outcome that can be among what is counted, and among its groups
 */
record StatsParameters(EventQuery query, StatsRequest request, Outcomes outcomes) {

  /** The name of the group of errors that are the same, and its field. */
  static final String ERROR_GROUP = "errorGroup";

  static final String OUTCOME = "outcome";

  private static final String GROUPING_KEY = "error.grouping_key";
  private static final String INTERVAL = "interval";
  private static final String BY = "by";
  private static final String SIZE = "size";
  private static final String EXACT = "exact";
  private static final String NONE = "none";
  private static final String AUTO = "auto";
  private static final int DEFAULT_SIZE = 10;
  private static final Pattern SIZES = Pattern.compile("[1-9]\\d{0,3}");

  /** The paths of the fields to count by, by the names of the parameters that filter by them. */
  private static final Map<String, String> FIELDS = fields();

  private static final String LABEL = labelPrefix();

  /**
   * Whether failed events are counted.
   *
   * @param ofAll whether any event that can match has an outcome
   * @param ofGroups whether any event that has the fields to count by does
   */
  record Outcomes(boolean ofAll, boolean ofGroups) {}

  /**
   * Reads the parameters.
   *
   * @param now the value of {@code now}
   * @throws ProblemException if anything about the parameters is wrong
   */
  static StatsParameters read(Parameters parameters, Instant now) {
    QueryParameters shared = QueryParameters.read(parameters);
    Resolution interval =
        Objects.requireNonNullElse(
            parameters.one(INTERVAL, StatsParameters::interval), new Resolution.None());
    List<Dimension> by = by(parameters, shared.types());
    int size =
        Objects.requireNonNullElse(parameters.one(SIZE, StatsParameters::size), DEFAULT_SIZE);
    boolean exact = Objects.requireNonNullElse(parameters.one(EXACT, StatsParameters::flag), false);
    checkBounds(parameters, by, size, exact);
    EventQuery query = shared.at(now, parameters);
    StatsRequest request =
        new StatsRequest(
            interval, shared.zone(), by, Math.min(size, StatsRequest.maxSize(by)), exact);
    request = resolved(request, query, parameters);
    parameters.finish("Nothing was counted");
    return new StatsParameters(query, request, outcomes(query, by));
  }

  private static void checkBounds(
      Parameters parameters, List<Dimension> by, int size, boolean exact) {
    if (size > StatsRequest.maxSize(by)) {
      parameters.fault(
          SIZE, "must be at most %d with two fields".formatted(StatsRequest.maxSize(by)));
    }
    // Elasticsearch finds no value of such a label in the documents themselves.
    if (exact && by.stream().anyMatch(field -> field.path().endsWith("."))) {
      parameters.fault(EXACT, "is not possible by a label whose key ends with a dot");
    }
  }

  /** Chooses or checks the interval where the period is known. */
  private static StatsRequest resolved(
      StatsRequest request, EventQuery query, Parameters parameters) {
    Instant from = query.from();
    Instant to = query.to();
    if (from == null || to == null) {
      return request;
    }
    return switch (request.interval()) {
      case Resolution.None _ -> request;
      case Resolution.Auto _ -> request.with(Interval.readable(from, to, request.zone()));
      case Resolution.Fixed fixed -> {
        int most = Interval.MAX_BUCKETS;
        if (fixed.interval().count(from, to, request.zone(), most) > most) {
          tooMany(
              TooManyBucketsException.overTime(Interval.shortest(from, to, request.zone(), most)),
              parameters);
        }
        yield request;
      }
    };
  }

  /**
   * Refuses a request because what matches spans too many units of time.
   *
   * @param parameters those that the request was read from
   * @return never
   * @throws ProblemException always
   */
  static RuntimeException refused(TooManyBucketsException failure, Parameters parameters) {
    tooMany(failure, parameters);
    parameters.finish("Nothing was counted");
    return failure;
  }

  private static void tooMany(TooManyBucketsException failure, Parameters parameters) {
    String parameter =
        switch (failure.reason()) {
          case TIME -> INTERVAL;
          case VALUES -> SIZE;
        };
    parameters.fault(parameter, String.valueOf(failure.getMessage()));
  }

  private static Resolution interval(String text) {
    if (text.equals(NONE)) {
      return new Resolution.None();
    }
    if (text.equals(AUTO)) {
      return new Resolution.Auto();
    }
    return Arrays.stream(Interval.values())
        .filter(interval -> interval.text().equals(text))
        .findFirst()
        .<Resolution>map(Resolution.Fixed::new)
        .orElseThrow(() ->
            new InvalidValueException(
                "is not one of none, auto, "
                    + Arrays.stream(Interval.values())
                        .map(Interval::text)
                        .collect(Collectors.joining(", "))));
  }

  private static Integer size(String text) {
    if (!SIZES.matcher(text).matches() || Integer.parseInt(text) > StatsRequest.MAX_SIZE) {
      throw new InvalidValueException("must be an integer from 1 to " + StatsRequest.MAX_SIZE);
    }
    return Integer.valueOf(text);
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidValueException("must be true or false");
    };
  }

  private static List<Dimension> by(Parameters parameters, Set<EventType> types) {
    Set<Dimension> by = parameters.several(BY, StatsParameters::dimension);
    if (by.size() > StatsRequest.MAX_FIELDS) {
      parameters.fault(BY, "names %d fields; name one or two".formatted(by.size()));
    }
    for (Dimension field : by) {
      Set<EventType> owners = owners(field);
      if (!types.isEmpty() && owners.stream().noneMatch(types::contains)) {
        parameters.fault(
            BY,
            "%s counts nothing: only %s events have it, and type asks for %s"
                .formatted(field.name(), names(owners), names(types)));
      }
    }
    return by.stream().limit(StatsRequest.MAX_FIELDS).toList();
  }

  private static String names(Set<EventType> types) {
    return types.stream().sorted().map(Enum::name).collect(Collectors.joining(", "));
  }

  private static Dimension dimension(String name) {
    String path = FIELDS.get(name);
    if (path != null) {
      return new Dimension(name, path);
    }
    if (name.startsWith(LABEL) && FieldCodecs.isLabelKey(name.substring(LABEL.length()))) {
      return new Dimension(name, "labels." + name.substring(LABEL.length()));
    }
    throw new InvalidValueException(
        "is not one of "
            + String.join(", ", FIELDS.keySet())
            + ", "
            + LABEL
            + "<key>"
            + Nearest.hint(name, FIELDS.keySet()));
  }

  private static Outcomes outcomes(EventQuery query, List<Dimension> by) {
    Set<EventType> types =
        query.types().isEmpty() ? EnumSet.allOf(EventType.class) : EnumSet.copyOf(query.types());
    types.retainAll(withField("event.outcome"));
    boolean ofAll = !types.isEmpty();
    by.forEach(field -> types.retainAll(owners(field)));
    return new Outcomes(ofAll, !types.isEmpty());
  }

  private static Set<EventType> owners(Dimension field) {
    return switch (field.path()) {
      case GROUPING_KEY -> EnumSet.of(EventType.ERROR);
      default -> withField(field.name().startsWith(LABEL) ? "labels" : field.path());
    };
  }

  private static Set<EventType> withField(String path) {
    return Arrays.stream(EventType.values())
        .filter(type ->
            EventSchema.fieldsOf(type).stream().anyMatch(field -> field.path().equals(path)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventType.class)));
  }

  private static Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>(Map.of("type", "event.code"));
    filtered()
        .filter(field -> field.codec().fieldType() != FieldType.FLATTENED)
        .forEach(field -> fields.put(Objects.requireNonNull(field.filter()), field.path()));
    fields.put(ERROR_GROUP, GROUPING_KEY);
    return fields;
  }

  private static String labelPrefix() {
    return filtered()
        .filter(field -> field.codec().fieldType() == FieldType.FLATTENED)
        .map(field -> field.filter() + ".")
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Field<?>> filtered() {
    return EventSchema.fields().values().stream().filter(field -> field.filter() != null);
  }
}
