package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.text.Nearest;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.query.export.Column;
import com.astrobookings.logs.query.export.ExportFormat;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Scope;
import com.astrobookings.logs.web.parameter.Choices;
import com.astrobookings.logs.web.parameter.Parameters;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an export.
 *
 * @param query what is exported
 * @param format how
 */
record ExportParameters(EventQuery query, ExportFormat format) {

  private static final String COLUMNS = "columns";
  private static final String RAW = "raw";

  /** The formats by their names in requests. */
  enum Format {
    NDJSON,
    CSV
  }

  private enum Raw {
    TRUE,
    FALSE
  }

  /**
   * Reads the parameters.
   *
   * @param now the value of {@code now}
   * @param accepted the format that the headers ask for, if the parameters do not say it
   * @throws com.astrobookings.logs.web.ProblemException if anything about the parameters is wrong,
   *     or the caller may not export what they ask for
   */
  static ExportParameters read(
      Parameters parameters, Instant now, Caller caller, Supplier<Format> accepted) {
    QueryParameters shared = QueryParameters.read(parameters);
    Format stated = parameters.one("format", Choices.byLowerCaseName(Format.class));
    Map<String, Column> possible =
        Column.of(shared.types().isEmpty() ? EnumSet.allOf(EventType.class) : shared.types());
    Set<Column> columns = parameters.several(COLUMNS, name -> column(name, possible));
    Raw raw = parameters.one(RAW, Choices.byLowerCaseName(Raw.class));
    EventQuery query = shared.at(now, parameters);
    Format format =
        stated == null && !parameters.faulty()
            ? accepted.get()
            : Objects.requireNonNullElse(stated, Format.CSV);
    if (format == Format.NDJSON) {
      refuse(parameters, COLUMNS, columns.isEmpty() ? null : columns);
      refuse(parameters, RAW, raw);
    }
    parameters.finish("Nothing was read");
    PersonalData.check(query, caller);
    return new ExportParameters(
        query,
        switch (format) {
          case NDJSON -> new ExportFormat.Ndjson(caller.may(Scope.PII));
          case CSV -> new ExportFormat.Csv(shown(columns, possible, caller), raw == Raw.TRUE);
        });
  }

  private static Column column(String name, Map<String, Column> possible) {
    Column member = possible.get(name);
    Column column = member == null ? Column.label(name) : member;
    if (column == null) {
      throw new InvalidValueException(
          "has %s, which no event of the types asked for has; columns are %s, label.<key>%s"
              .formatted(
                  name,
                  String.join(", ", possible.keySet()),
                  Nearest.hint(name, possible.keySet())));
    }
    return column;
  }

  private static void refuse(Parameters parameters, String name, @Nullable Object value) {
    if (value != null) {
      parameters.fault(name, "belongs to CSV; ask for format=csv or leave it out");
    }
  }

  /** Returns the columns that were named, or else all that the caller may see. */
  private static List<Column> shown(
      Set<Column> named, Map<String, Column> possible, Caller caller) {
    boolean personal = caller.may(Scope.PII);
    if (!personal && named.stream().anyMatch(Column::personal)) {
      caller.require(Scope.PII, "Exporting personal data");
    }
    return named.isEmpty()
        ? possible.values().stream().filter(column -> personal || !column.personal()).toList()
        : List.copyOf(named);
  }
}
