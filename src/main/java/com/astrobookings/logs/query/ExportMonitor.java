package com.astrobookings.logs.query;

import com.astrobookings.logs.query.export.ExportBody;
import com.astrobookings.logs.store.EventExport;
import com.astrobookings.logs.store.StoreUnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/**
 * Ends exports whose clients read nothing for {@link #STALL_TIMEOUT}, logs those that fail after
 * their beginning, and counts all.
 */
@Component
final class ExportMonitor {

  /** How long a client may read nothing before its export is broken off. */
  static final Duration STALL_TIMEOUT = Duration.ofMinutes(15);

  static final String EXPORTS = "logs.exports";
  static final String EVENTS = "logs.exports.events";
  static final String ACTIVE = "logs.exports.active";

  private static final Logger log = LoggerFactory.getLogger(ExportMonitor.class);
  private static final int CHECKS = 20;

  private final Counter completed;
  private final Counter failed;
  private final Counter cancelled;
  private final Counter events;
  private final AtomicInteger active;

  ExportMonitor(MeterRegistry registry) {
    this.completed = registry.counter(EXPORTS, "outcome", "completed");
    this.failed = registry.counter(EXPORTS, "outcome", "failed");
    this.cancelled = registry.counter(EXPORTS, "outcome", "cancelled");
    this.events = registry.counter(EVENTS);
    this.active = registry.gauge(ACTIVE, new AtomicInteger());
  }

  /**
   * Watches an export while it is sent.
   *
   * @param chunks what is sent
   * @param send sends it
   * @return completes when all was sent
   */
  Mono<Void> watch(
      Flux<byte[]> chunks,
      Function<Flux<byte[]>, Mono<Void>> send,
      ExportBody body,
      EventExport export) {
    return Mono.defer(() -> {
      active.incrementAndGet();
      AtomicLong sent = new AtomicLong();
      AtomicReference<Counter> outcome = new AtomicReference<>(cancelled);
      // The connection of a client that leaves ends the sending like that of a whole body.
      Flux<byte[]> watched =
          chunks
              .doOnNext(chunk -> sent.incrementAndGet())
              .doOnComplete(() -> outcome.set(completed));
      return send.apply(watched)
          .timeout(stall(sent))
          .doOnError(
              failure -> !isGone(failure),
              failure -> {
                outcome.set(failed);
                log(failure, body.count(), export.total());
              })
          .doFinally(end -> {
            active.decrementAndGet();
            events.increment((double) body.count());
            outcome.get().increment();
          });
    });
  }

  /** Gives a signal when no chunk was taken for the time-out; looks twenty times within it. */
  private static Mono<Long> stall(AtomicLong sent) {
    AtomicLong seen = new AtomicLong();
    AtomicLong since = new AtomicLong();
    return Flux.interval(STALL_TIMEOUT.dividedBy(CHECKS))
        .onBackpressureDrop()
        .filter(tick -> {
          long now = sent.get();
          if (seen.getAndSet(now) != now) {
            since.set(tick);
          }
          return tick - since.get() >= CHECKS;
        })
        .next();
  }

  /** Whether it is the client that has ended the connection. */
  private static boolean isGone(Throwable failure) {
    return failure instanceof AbortedException || failure instanceof IOException;
  }

  private static void log(Throwable failure, long count, long total) {
    log.warn("An export was broken off after {} of {} events: {}", count, total, reason(failure));
  }

  private static @Nullable String reason(Throwable failure) {
    return switch (failure) {
      case StoreUnavailableException e -> e.getMessage();
      case TimeoutException e ->
          "the client has read nothing for " + STALL_TIMEOUT.toMinutes() + " minutes";
      default -> failure.getClass().getSimpleName();
    };
  }
}
