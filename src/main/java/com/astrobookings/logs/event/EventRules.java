package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.EventLimits;
import com.astrobookings.logs.event.value.StoredInstants;
import com.astrobookings.logs.event.value.Violation.Rule;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Checks the rules that concern several members of an event, or its members and the time. */
final class EventRules {

  private final Instant earliest;
  private final Instant latest;

  /** Creates the rules for events received at {@code receivedAt}. */
  EventRules(EventLimits limits, Instant receivedAt) {
    Instant oldest = receivedAt.atZone(ZoneOffset.UTC).minus(limits.maxAge()).toInstant();
    Instant newest = receivedAt.plus(limits.maxAhead());
    this.earliest = oldest.isBefore(StoredInstants.EARLIEST) ? StoredInstants.EARLIEST : oldest;
    this.latest = newest.isAfter(StoredInstants.LATEST) ? StoredInstants.LATEST : newest;
  }

  /** Adds every rule that {@code values} break to {@code violations}. */
  void check(Values values, Violations violations) {
    EventType type = values.get(Envelope.TYPE);
    if (type != null) {
      checkMembers(type, values, violations);
    } else if (!values.isPresent(Envelope.TYPE)) {
      missing(Envelope.TYPE, violations);
    }
    checkTimestamp(values, violations);
  }

  private static void checkMembers(EventType type, Values values, Violations violations) {
    for (Field<?> field : type.fields()) {
      if (field.required() && !values.isPresent(field)) {
        missing(field, violations);
      }
    }
    if (type == EventType.AUTH
        && !values.isPresent(AuthEvent.USER_ID)
        && !values.isPresent(AuthEvent.EMAIL)) {
      violations.add("", Rule.REQUIRED, "userId or email is required: the account that was tried");
    }
    for (int i = 0; i < values.size(); i++) {
      Field<?> field = values.field(i);
      if (!field.belongsTo(type) && values.isPresent(field)) {
        violations.add(
            field.pointer(),
            Rule.UNKNOWN,
            "is not a member of %s events, only of %s".formatted(type, owners(field)));
      }
    }
  }

  private static void missing(Field<?> field, Violations violations) {
    violations.add(field.pointer(), Rule.REQUIRED, "is required: " + field.description());
  }

  private static String owners(Field<?> field) {
    return Arrays.stream(EventType.values())
        .filter(field::belongsTo)
        .map(Enum::name)
        .collect(Collectors.joining(", "));
  }

  private void checkTimestamp(Values values, Violations violations) {
    String pointer = Envelope.TIMESTAMP.pointer();
    Instant timestamp = values.get(Envelope.TIMESTAMP);
    if (timestamp == null) {
      if (values.isPresent(Envelope.ID) && !values.isPresent(Envelope.TIMESTAMP)) {
        violations.add(
            pointer, Rule.REQUIRED, "is required together with an id: they find the earlier copy");
      }
    } else if (timestamp.isBefore(earliest)) {
      violations.add(
          pointer, Rule.RANGE, "is too old: events from " + earliest + " on are accepted");
    } else if (timestamp.isAfter(latest)) {
      violations.add(
          pointer,
          Rule.RANGE,
          "lies in the future: events up to " + latest + " are accepted; check the sender's clock");
    }
  }
}
