package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.text.Names;
import com.astrobookings.logs.event.value.Violation;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/**
 * Accounts for every event: those received are as many as those of all statuses together, once no
 * request is under way.
 */
final class ItemCounters {

  static final String RECEIVED = "logs.events.received";
  static final String ITEMS = "logs.events.items";

  /** The status of events whose producer was not answered, because something broke. */
  static final String UNANSWERED = "unanswered";

  private static final String NO_REASON = "none";

  private final MeterRegistry registry;
  private final Counter received;

  ItemCounters(MeterRegistry registry) {
    this.registry = registry;
    this.received = registry.counter(RECEIVED);
    for (ItemStatus status : ItemStatus.values()) {
      switch (status) {
        case STORED, DUPLICATE, SPOOLED, CONFLICT, REJECTED -> counter(status, NO_REASON);
        case INVALID -> {
          for (Violation.Rule rule : Violation.Rule.values()) {
            counter(status, Names.lowerCase(rule));
          }
        }
        case REFUSED -> {
          for (Item.Refusal refusal : Item.Refusal.values()) {
            counter(status, Names.lowerCase(refusal));
          }
        }
      }
    }
    counter(UNANSWERED, "defect");
    counter(UNANSWERED, "cancelled");
  }

  /**
   * Counts what becomes of events.
   *
   * @param events how many there are
   * @param work gives their receipt
   */
  Mono<Receipt> account(int events, Mono<Receipt> work) {
    return Mono.defer(() -> {
      received.increment(events);
      AtomicBoolean open = new AtomicBoolean(true);
      return work.doOnNext(receipt -> close(open, () -> receipt.items().forEach(this::count)))
          .doOnError(failure -> close(open, () -> lose("defect", events)))
          .doOnCancel(() -> close(open, () -> lose("cancelled", events)));
    });
  }

  private static void close(AtomicBoolean open, Runnable entry) {
    if (open.compareAndSet(true, false)) {
      entry.run();
    }
  }

  private void lose(String reason, int events) {
    counter(UNANSWERED, reason).increment(events);
  }

  private void count(Item item) {
    counter(item.status(), reason(item)).increment();
  }

  /** Of several violations the first counts. */
  private static String reason(Item item) {
    return switch (item.status()) {
      case STORED, DUPLICATE, SPOOLED, CONFLICT, REJECTED -> NO_REASON;
      case INVALID -> Names.lowerCase(item.violations().getFirst().rule());
      case REFUSED -> Names.lowerCase(Objects.requireNonNull(item.refusal()));
    };
  }

  private Counter counter(ItemStatus status, String reason) {
    return counter(status.label(), reason);
  }

  private Counter counter(String status, String reason) {
    return registry.counter(ITEMS, "status", status, "reason", reason);
  }
}
