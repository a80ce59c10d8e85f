package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.EventLimits;
import com.astrobookings.logs.event.value.StoredInstants;
import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.event.value.Violation.Rule;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The rules that no single value shows: what belongs together, and when. */
final class EventRules {

  private final EventLimits limits;
  private final Instant receivedAt;

  EventRules(EventLimits limits, Instant receivedAt) {
    this.limits = limits;
    this.receivedAt = receivedAt;
  }

  void check(Values values, Violations violations) {
    EventType type = values.get(Envelope.TYPE);
    if (type != null) {
      checkMembers(type, values, violations);
    } else if (!values.stated(Envelope.TYPE)) {
      missing(Envelope.TYPE, violations);
    }
    checkTime(values, violations);
  }

  private static void checkMembers(EventType type, Values values, Violations violations) {
    for (Field<?> field : type.fields()) {
      if (field.required() && !values.stated(field)) {
        missing(field, violations);
      }
    }
    if (type == EventType.AUTH
        && !values.stated(AuthEvent.USER_ID)
        && !values.stated(AuthEvent.EMAIL)) {
      violations.add("", Rule.REQUIRED, "userId or email is required: the account that was tried");
    }
    for (Field<?> field : values.all()) {
      if (!Envelope.FIELDS.contains(field) && !type.fields().contains(field)) {
        violations.add(
            Violation.token(field.name()),
            Rule.UNKNOWN,
            "is not a member of %s events, only of %s".formatted(type, owners(field)));
      }
    }
  }

  private static void missing(Field<?> field, Violations violations) {
    violations.add(
        Violation.token(field.name()), Rule.REQUIRED, "is required: " + field.description());
  }

  private static String owners(Field<?> field) {
    return Arrays.stream(EventType.values())
        .filter(type -> type.fields().contains(field))
        .map(Enum::name)
        .collect(Collectors.joining(", "));
  }

  private void checkTime(Values values, Violations violations) {
    Instant timestamp = values.get(Envelope.TIMESTAMP);
    if (timestamp == null) {
      if (values.stated(Envelope.ID) && !values.stated(Envelope.TIMESTAMP)) {
        violations.add(
            "/timestamp",
            Rule.REQUIRED,
            "is required together with an id: they find the earlier copy");
      }
      return;
    }
    Instant oldest = oldest();
    if (timestamp.isBefore(oldest)) {
      violations.add(
          "/timestamp", Rule.RANGE, "is too old: events from " + oldest + " on are taken");
    }
    Instant latest = latest();
    if (timestamp.isAfter(latest)) {
      violations.add(
          "/timestamp",
          Rule.RANGE,
          "lies in the future: events up to " + latest + " are taken; check the sender's clock");
    }
  }

  private Instant oldest() {
    Instant oldest = receivedAt.atZone(ZoneOffset.UTC).minus(limits.maxAge()).toInstant();
    return oldest.isBefore(StoredInstants.EARLIEST) ? StoredInstants.EARLIEST : oldest;
  }

  private Instant latest() {
    Instant latest = receivedAt.plus(limits.maxAhead());
    return latest.isAfter(StoredInstants.LATEST) ? StoredInstants.LATEST : latest;
  }
}
