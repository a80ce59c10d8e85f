package com.astrobookings.logs.query.tail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what tails do. */
final class TailMetrics {

  private final Counter events;
  private final AtomicInteger behind = new AtomicInteger();

  TailMetrics(MeterRegistry registry, TailSlots slots) {
    this.events =
        Counter.builder("logs.tail.events").description("Events sent on tails").register(registry);
    Gauge.builder("logs.tail.open", slots, TailSlots::open)
        .description("Tails that are open")
        .register(registry);
    Gauge.builder("logs.tail.behind", behind, AtomicInteger::get)
        .description("Tails that catch up by reads of their own")
        .register(registry);
  }

  void sent(int count) {
    events.increment(count);
  }

  AtomicInteger behind() {
    return behind;
  }
}
