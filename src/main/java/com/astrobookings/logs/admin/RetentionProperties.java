package com.astrobookings.logs.admin;

import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which events are kept.
 *
 * @param retention how long events are kept after the end of their month, such as {@code 24m}; by
 *     default without limit
 */
@ConfigurationProperties("logs")
record RetentionProperties(@Nullable Period retention) {

  /** Returns the configured retention, or null if events are kept without limit. */
  @Nullable Retention configured() {
    return retention == null ? null : new Retention(retention);
  }
}
