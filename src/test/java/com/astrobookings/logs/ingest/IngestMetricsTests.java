package com.astrobookings.logs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.ingest.IngestItem.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class IngestMetricsTests {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final IngestMetrics metrics = new IngestMetrics(registry);

  @Test
  void countEachItemOnceByStatusAndReason() {
    take(
        item(ItemStatus.STORED),
        item(ItemStatus.STORED),
        refused(Refusal.OVERLOAD),
        refused(Refusal.UNAVAILABLE));
    take(refused(Refusal.DEFECT));
    take(invalid(Violation.Rule.REQUIRED), item(ItemStatus.CONFLICT), item(ItemStatus.REJECTED));

    assertThat(count("stored", "none")).isEqualTo(2);
    assertThat(count("refused", "overload")).isEqualTo(1);
    assertThat(count("refused", "unavailable")).isEqualTo(1);
    assertThat(count("refused", "defect")).isEqualTo(1);
    assertThat(count("invalid", "required")).isEqualTo(1);
    assertThat(count("conflict", "none")).isEqualTo(1);
    assertThat(count("rejected", "none")).isEqualTo(1);
    sumsHold(8);
  }

  @Test
  void accountForEventsWhoseProducerIsNotAnswered() {
    metrics.count(3, Mono.error(new IllegalStateException("defect"))).onErrorComplete().block();
    metrics.count(4, Mono.never()).subscribe().dispose();

    assertThat(count("unanswered", "defect")).isEqualTo(3);
    assertThat(count("unanswered", "cancelled")).isEqualTo(4);
    sumsHold(7);
  }

  @Test
  void countOnceWhenTheProducerGoesAwayAfterTheReceipt() {
    Sinks.One<IngestResponse> receipt = Sinks.one();
    var waiting = metrics.count(1, receipt.asMono()).then(Mono.never()).subscribe();
    receipt.tryEmitValue(new IngestResponse(true, List.of(item(ItemStatus.STORED)))).orThrow();
    waiting.dispose();

    assertThat(count("stored", "none")).isEqualTo(1);
    sumsHold(1);
  }

  @Test
  void addUpWhateverHappens() {
    Random random = new Random(5);
    int received = 0;
    for (int i = 0; i < 1_000; i++) {
      int size = 1 + random.nextInt(5);
      received += size;
      List<IngestItem> items = new ArrayList<>();
      for (int j = 0; j < size; j++) {
        items.add(any(random));
      }
      Mono<IngestResponse> work =
          switch (random.nextInt(4)) {
            case 0 -> Mono.error(new IllegalStateException("defect"));
            case 1 -> Mono.never();
            default -> Mono.just(new IngestResponse(false, items));
          };
      metrics.count(size, work).onErrorComplete().subscribe().dispose();
    }
    sumsHold(received);
  }

  private static IngestItem any(Random random) {
    ItemStatus status = any(ItemStatus.class, random);
    return switch (status) {
      case INVALID -> invalid(any(Violation.Rule.class, random));
      case REFUSED -> refused(any(Refusal.class, random));
      default -> item(status);
    };
  }

  private static <E extends Enum<E>> E any(Class<E> type, Random random) {
    List<E> constants = List.copyOf(EnumSet.allOf(type));
    return constants.get(random.nextInt(constants.size()));
  }

  private void take(IngestItem... items) {
    metrics.count(items.length, Mono.just(new IngestResponse(false, List.of(items)))).block();
  }

  private double count(String status, String reason) {
    return registry
        .get(IngestMetrics.ITEMS)
        .tags("status", status, "reason", reason)
        .counter()
        .count();
  }

  private void sumsHold(int received) {
    assertThat(registry.get(IngestMetrics.RECEIVED).counter().count()).isEqualTo(received);
    assertThat(
            registry.get(IngestMetrics.ITEMS).counters().stream().mapToDouble(Counter::count).sum())
        .isEqualTo(received);
  }

  private static IngestItem item(ItemStatus status) {
    return item(status, null, null);
  }

  private static IngestItem refused(Refusal refusal) {
    return item(ItemStatus.REFUSED, refusal, null);
  }

  private static IngestItem invalid(Violation.Rule rule) {
    return item(ItemStatus.INVALID, null, new Violation("/x", rule, "is wrong"));
  }

  private static IngestItem item(
      ItemStatus status, @Nullable Refusal refusal, @Nullable Violation violation) {
    return new IngestItem(
        null, null, status, refusal, null, violation == null ? List.of() : List.of(violation));
  }
}
