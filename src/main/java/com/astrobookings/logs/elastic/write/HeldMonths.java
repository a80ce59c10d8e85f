package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Months that are out of service. Elasticsearch holds each write to them for its whole time-out, so
 * they are left alone for a while: their events wait elsewhere and delay no others. Safe for use by
 * several threads.
 */
final class HeldMonths {

  private final Duration pause;
  private final ConcurrentMap<MonthIndex, Unavailable> held = new ConcurrentHashMap<>();

  HeldMonths(Duration pause) {
    this.pause = pause;
  }

  /** Why nothing is to be sent to {@code month} now; null if it can be tried. */
  @Nullable Unavailable reason(MonthIndex month) {
    return held.get(month);
  }

  void hold(MonthIndex month, Unavailable reason) {
    if (held.putIfAbsent(month, reason) == null) {
      Mono.delay(pause).subscribe(over -> held.remove(month));
    }
  }
}
