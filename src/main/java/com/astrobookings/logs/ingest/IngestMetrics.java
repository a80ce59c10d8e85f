package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.text.Names;
import com.astrobookings.logs.event.value.Violation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import reactor.core.observability.DefaultSignalListener;
import reactor.core.publisher.Mono;

/**
 * Counts events by status and reason. While no request is under way, the number of received events
 * equals the sum over all statuses.
 */
final class IngestMetrics {

  static final String RECEIVED = "logs.events.received";
  static final String ITEMS = "logs.events.items";

  /** The status of events whose producer got no response. */
  static final String UNANSWERED = "unanswered";

  private static final String NO_REASON = "none";

  private final Counter received;
  private final Map<String, Map<String, Counter>> counters = new HashMap<>();

  /** Registers a counter for each status and reason, so that all are exported from the start. */
  IngestMetrics(MeterRegistry registry) {
    this.received = registry.counter(RECEIVED);
    for (ItemStatus status : ItemStatus.values()) {
      switch (status) {
        case STORED, DUPLICATE, SPOOLED, CONFLICT, REJECTED ->
            register(registry, status.label(), NO_REASON);
        case INVALID -> {
          for (Violation.Rule rule : Violation.Rule.values()) {
            register(registry, status.label(), Names.lowerCase(rule));
          }
        }
        case REFUSED -> {
          for (IngestItem.Refusal refusal : IngestItem.Refusal.values()) {
            register(registry, status.label(), Names.lowerCase(refusal));
          }
        }
      }
    }
    register(registry, UNANSWERED, "defect");
    register(registry, UNANSWERED, "cancelled");
  }

  private void register(MeterRegistry registry, String status, String reason) {
    counters
        .computeIfAbsent(status, added -> new HashMap<>())
        .put(reason, registry.counter(ITEMS, "status", status, "reason", reason));
  }

  /**
   * Counts {@code events} as received, and what {@code write} makes of them: the items of its
   * response, or unanswered events if it fails or is cancelled before.
   */
  Mono<IngestResponse> count(int events, Mono<IngestResponse> write) {
    return write.tap(() -> new Account(events));
  }

  private void count(IngestResponse response) {
    if (response.counts().size() == 1 && response.counts().containsKey(ItemStatus.STORED)) {
      counter(ItemStatus.STORED.label(), NO_REASON).increment(response.items().size());
      return;
    }
    Map<Counter, Integer> increments = new HashMap<>();
    for (IngestItem item : response.items()) {
      increments.merge(counter(item.status().label(), reason(item)), 1, Integer::sum);
    }
    increments.forEach(Counter::increment);
  }

  /** The reason of an invalid event is the rule of its first violation. */
  private static String reason(IngestItem item) {
    return switch (item.status()) {
      case STORED, DUPLICATE, SPOOLED, CONFLICT, REJECTED -> NO_REASON;
      case INVALID -> Names.lowerCase(item.violations().getFirst().rule());
      case REFUSED -> Names.lowerCase(Objects.requireNonNull(item.refusal()));
    };
  }

  private Counter counter(String status, String reason) {
    return Objects.requireNonNull(Objects.requireNonNull(counters.get(status)).get(reason));
  }

  /** The events of one request, which are counted once. */
  private final class Account extends DefaultSignalListener<IngestResponse> {

    private final int events;
    private boolean closed;

    Account(int events) {
      this.events = events;
    }

    @Override
    public void doOnSubscription() {
      received.increment(events);
    }

    @Override
    public void doOnNext(IngestResponse response) {
      if (close()) {
        count(response);
      }
    }

    @Override
    public void doOnError(Throwable failure) {
      if (close()) {
        counter(UNANSWERED, "defect").increment(events);
      }
    }

    @Override
    public void doOnCancel() {
      if (close()) {
        counter(UNANSWERED, "cancelled").increment(events);
      }
    }

    /** A cancellation may come from another thread than the response. */
    private synchronized boolean close() {
      boolean first = !closed;
      closed = true;
      return first;
    }
  }
}
