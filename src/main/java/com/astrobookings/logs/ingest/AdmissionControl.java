package com.astrobookings.logs.ingest;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.UnavailabilityLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Bounds how many bytes of bodies are decoded and stored at a time, so that a write is refused at
 * once instead of being stored, or given up, seconds later.
 *
 * <p>The limit follows the latency of writes: additive increase, multiplicative decrease (AIMD), as
 * in TCP. Each write that takes no longer than {@link #TARGET_LATENCY} raises the limit by a part
 * of its bytes. A write that takes longer, or is still waiting after that time, lowers the limit to
 * what would have met the target by Little's law: admitted bytes × target ÷ latency. One decrease
 * covers all writes that were admitted before it.
 *
 * <p>A write is admitted while the admitted bytes are below the limit, whatever its size: a large
 * body is not refused more often than a small one, and the limit is exceeded by one body at most.
 * Latency counts from the end of the body. Bodies that are still arriving do not count; a {@link
 * com.astrobookings.logs.web.body.MemoryBudget} bounds those.
 *
 * <p>Safe for use by several threads; never blocks.
 */
final class AdmissionControl {

  static final String LIMIT = "logs.writes.limit";
  static final String ADMITTED = "logs.writes.admitted";
  static final String REFUSED = "logs.writes.refused";

  /** How long a write should take at most, from the end of its body to its response. */
  static final Duration TARGET_LATENCY = Duration.ofSeconds(1);

  /**
   * The least limit in bytes, about six batches of 500 events: a pause of the store, or the first
   * seconds of a cold service, must not refuse a producer that sends a few batches at a time. A
   * store that takes no more than 500 events a second still stores this much in time.
   */
  static final long MIN_LIMIT = 1 << 20;

  private static final double MIN_FACTOR = 0.5;
  private static final double MAX_FACTOR = 0.9;
  private static final double INCREASE = 1.0 / 16;

  private final double maxLimit;
  private final LongSupplier nanoTime;
  private final Counter refused;
  private final UnavailabilityLog refusals;

  // All that follows is guarded by this object.
  private final SequencedSet<Admission> measured = new LinkedHashSet<>();
  private double limit;
  private long admitted;
  private long decreasedAt;

  /**
   * Creates a control with the greatest limit.
   *
   * @param maxLimit the greatest limit in bytes
   * @param nanoTime a clock that is never set, such as {@link System#nanoTime()}
   */
  AdmissionControl(
      long maxLimit, LongSupplier nanoTime, UnavailabilityLog refusals, MeterRegistry registry) {
    this.refusals = refusals;
    this.maxLimit = Math.max(MIN_LIMIT, maxLimit);
    this.nanoTime = nanoTime;
    this.limit = this.maxLimit;
    this.decreasedAt = nanoTime.getAsLong() - 1;
    this.refused = registry.counter(REFUSED);
    Gauge.builder(LIMIT, this, AdmissionControl::limit)
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
    Gauge.builder(ADMITTED, this, AdmissionControl::admitted)
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
  }

  /**
   * Refuses a write whose body has not been read yet if it would be refused now.
   *
   * @throws ProblemException if there is no room
   */
  void check() {
    if (!hasRoom()) {
      throw refused();
    }
  }

  /**
   * Lets {@code write} begin if there is room for it.
   *
   * @param bytes of its body
   * @param measure whether its latency shows how busy the store is; false if it waits for something
   *     else, such as a refresh
   * @return what {@code write} returns; fails with {@link ProblemException} without subscribing to
   *     it if there is no room
   */
  <T> Mono<T> admit(int bytes, boolean measure, Mono<T> write) {
    return Mono.defer(() -> {
      Admission admission = begin(bytes, measure);
      if (admission == null) {
        return Mono.error(refused());
      }
      refusals.taken();
      return write.doFinally(signal -> end(admission));
    });
  }

  /** Returns the limit in bytes. */
  synchronized double limit() {
    return limit;
  }

  /** Returns the bytes of the writes that are under way. */
  synchronized long admitted() {
    return admitted;
  }

  private synchronized boolean hasRoom() {
    if (!measured.isEmpty()) {
      long now = nanoTime.getAsLong();
      Admission oldest = measured.getFirst();
      if (now - oldest.admittedAt > TARGET_LATENCY.toNanos()) {
        decrease(oldest, now);
      }
    }
    return admitted < limit;
  }

  private synchronized @Nullable Admission begin(int bytes, boolean measure) {
    if (!hasRoom()) {
      return null;
    }
    Admission admission = new Admission(bytes, nanoTime.getAsLong());
    admitted += bytes;
    if (measure) {
      measured.add(admission);
    }
    return admission;
  }

  private synchronized void end(Admission admission) {
    if (measured.remove(admission)) {
      long now = nanoTime.getAsLong();
      if (now - admission.admittedAt > TARGET_LATENCY.toNanos()) {
        decrease(admission, now);
      } else {
        limit = Math.min(maxLimit, limit + admission.bytes * INCREASE);
      }
    }
    admitted -= admission.bytes;
  }

  /** Lowers the limit for a write that took too long, unless a decrease after its begin did. */
  private void decrease(Admission late, long now) {
    if (late.admittedAt - decreasedAt > 0) {
      double factor = (double) TARGET_LATENCY.toNanos() / (now - late.admittedAt);
      double lowered = admitted * Math.clamp(factor, MIN_FACTOR, MAX_FACTOR);
      limit = Math.max(MIN_LIMIT, Math.min(limit, lowered));
      decreasedAt = now;
    }
  }

  private ProblemException refused() {
    refused.increment();
    refusals.refused(1, "more events arrive than are stored in time");
    return new ProblemException(
        ProblemType.OVERLOADED,
        "The service has more events to store than it stores in a second. Nothing of this request"
            + " was stored. Send it again later.");
  }

  /** A write that was admitted. */
  private static final class Admission {

    private final int bytes;
    private final long admittedAt;

    Admission(int bytes, long admittedAt) {
      this.bytes = bytes;
      this.admittedAt = admittedAt;
    }
  }
}
