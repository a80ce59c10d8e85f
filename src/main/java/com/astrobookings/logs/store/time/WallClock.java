package com.astrobookings.logs.store.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/** Converts local times, which occur once, twice or never in a zone. */
final class WallClock {

  private WallClock() {}

  /** Returns the first instant at which the local time is {@code local} or later. */
  static Instant first(LocalDateTime local, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition change = rules.getTransition(local);
    if (change == null) {
      return local.toInstant(rules.getOffset(local));
    }
    return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
  }

  /** Returns the last instant at which the local time is {@code local} or earlier. */
  static Instant last(LocalDateTime local, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    @Nullable ZoneOffsetTransition change = rules.getTransition(local);
    if (change == null) {
      return local.toInstant(rules.getOffset(local));
    }
    return change.isGap()
        ? change.getInstant().minusNanos(1)
        : local.toInstant(change.getOffsetAfter());
  }
}
