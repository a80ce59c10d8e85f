package com.astrobookings.logs.store.time;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/** When the clocks of a zone show a time: once, twice or never. */
final class WallClock {

  private WallClock() {}

  /** The first instant from which on the clocks show {@code local} or later. */
  static Instant first(LocalDateTime local, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition change = rules.getTransition(local);
    if (change == null) {
      return local.toInstant(rules.getOffset(local));
    }
    return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
  }

  /** The last instant up to which the clocks show {@code local} or earlier. */
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
