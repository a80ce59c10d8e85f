package com.astrobookings.logs.store.time;

import com.astrobookings.logs.event.value.InvalidValueException;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A time as a parameter. It is a span rather than an instant: {@code 2024-08-12} is a whole day,
 * {@code 2024-08-12 23:59:59} a second, {@code 10:15:30.5} a tenth of a second.
 *
 * <table>
 * <caption>Formats</caption>
 * <tr><th>spelling</th><th>span</th></tr>
 * <tr><td>{@code 2024-08-12}</td><td>the day</td></tr>
 * <tr><td>{@code 2024-08-12T10:15}, with a blank instead of {@code T}</td><td>the minute</td></tr>
 * <tr><td>{@code 2024-08-12T10:15:30}</td><td>the second</td></tr>
 * <tr><td>{@code 2024-08-12T10:15:30.5}, 1 to 9 digits</td><td>what the last digit counts</td></tr>
 * <tr><td>a time followed by {@code Z}, {@code +02:00}, {@code +0200} or {@code +02}, where a
 * blank stands for a {@code +} that was not encoded in a URL</td><td>the same</td></tr>
 * <tr><td>{@code 1723457730500}, milliseconds since 1970: {@code 0} or 11 to 15 digits, so that
 * seconds and years are not taken for milliseconds</td><td>the millisecond</td></tr>
 * <tr><td>{@code now}</td><td>the instant</td></tr>
 * <tr><td>{@code now-15m}, {@code now-1M+2d}: units {@code y M w d h H m s}, as in Elasticsearch's
 * date math</td><td>the instant</td></tr>
 * <tr><td>{@code now/d}, {@code now-1w/w}: rounded; weeks begin on Monday</td><td>the unit</td></tr>
 * </table>
 *
 * <p>Times without offset are local times of a zone. A local time that occurs twice, because clocks
 * are put back, has the first occurrence as {@link #first} and the second as {@link #last}. A local
 * time that does not occur, because clocks are put forward, has the first instant after the change
 * as {@link #first} and the last one before it as {@link #last}. So a span that was skipped whole,
 * and no other, has its first instant after its last one.
 *
 * <p>Immutable.
 */
public sealed interface TimeExpression permits StatedTime, RelativeTime {

  /**
   * Parses an expression.
   *
   * @throws InvalidValueException if it has none of the formats
   */
  static TimeExpression parse(String text) {
    if (text.length() > TimeSyntax.MAX_LENGTH) {
      throw TimeSyntax.notATime();
    }
    return text.startsWith("now") ? RelativeTime.parse(text) : StatedTime.parse(text);
  }

  /**
   * Returns the first instant of the span.
   *
   * @param now the value of {@code now}
   * @param zone the zone of times without offset
   * @throws InvalidValueException if it lies outside of the years 1 to 9999
   */
  Instant first(Instant now, ZoneId zone);

  /**
   * Returns the last instant of the span, to the nanosecond.
   *
   * @param now the value of {@code now}
   * @param zone the zone of times without offset
   * @throws InvalidValueException if it lies outside of the years 1 to 9999
   */
  Instant last(Instant now, ZoneId zone);
}
