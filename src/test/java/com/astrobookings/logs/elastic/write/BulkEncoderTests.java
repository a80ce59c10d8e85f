package com.astrobookings.logs.elastic.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.WriteOutcome.Defect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class BulkEncoderTests {

  private static final Instant NOW = Instant.parse("2024-08-11T10:00:00Z");

  @Test
  void writesTwoLinesForEachEvent() {
    List<StoredEvent> events = List.of(event("a", "\n\"é"), event("b\"c", ""));

    assertThat(encode(events))
        .singleElement()
        .satisfies(bulk -> assertThat(text(bulk)).isEqualTo(lines(events)));
  }

  @Test
  void endsABulkWithTheEventThatMakesItLarge() {
    String large = "x".repeat(700_000);

    List<Bulk> bulks =
        encode(Stream.of("a", "b", "c", "d", "e").map(id -> event(id, large)).toList());

    assertThat(bulks).extracting(BulkEncoderTests::ids).containsExactly("abc", "de");
  }

  @Test
  void leavesOutAnEventThatBringsADefectToLight(CapturedOutput output) {
    List<StoredEvent> events = List.of(broken("z"), event("a", ""), broken("b"), event("c", ""));
    PendingEvents pending = new PendingEvents(events);

    List<Bulk> bulks = BulkEncoder.encode(month(pending), List.of(0, 1, 2, 3));

    assertThat(bulks)
        .singleElement()
        .satisfies(
            bulk -> assertThat(text(bulk)).isEqualTo(lines(List.of(events.get(1), events.get(3)))));
    assertThat(bulks.getFirst().position(1)).isEqualTo(3);
    assertThat(pending.outcome(2)).isEqualTo(new Defect());
    assertThat(pending.outcome(3)).isNull();
    assertThat(output)
        .contains("The RECONCILE event b", "java.lang.NullPointerException", "EventDocument.write")
        .doesNotContain("ada@example.org");
  }

  @Test
  void mayLeaveNothing() {
    assertThat(encode(List.of(broken("b")))).isEmpty();
  }

  @Test
  void canBeSentInPartsAndAgainForSomeEvents() {
    List<StoredEvent> events = Stream.of("a", "b", "c", "d").map(id -> event(id, "")).toList();
    Bulk bulk = encode(events).getFirst();

    assertThat(text(bulk.part(1, 3))).isEqualTo(lines(events.subList(1, 3)));
    assertThat(text(bulk.part(1, 4).part(1, 3))).isEqualTo(lines(events.subList(2, 4)));
    Bulk some = bulk.part(1, 4).only(List.of(0, 2));
    assertThat(text(some)).isEqualTo(lines(List.of(events.get(1), events.get(3))));
    assertThat(ids(some)).isEqualTo("bd");
  }

  private static List<Bulk> encode(List<StoredEvent> events) {
    return BulkEncoder.encode(
        month(new PendingEvents(events)), IntStream.range(0, events.size()).boxed().toList());
  }

  private static Bulk.Month month(PendingEvents pending) {
    return new Bulk.Month(MonthIndex.of(NOW), pending, Map.of());
  }

  private static String lines(List<StoredEvent> events) {
    StringBuilder lines = new StringBuilder();
    for (StoredEvent event : events) {
      lines
          .append(
              "{\"create\":{\"_id\":\"%s\"}}\n".formatted(event.event().id().replace("\"", "\\\"")))
          .append(new String(EventDocument.write(event), UTF_8))
          .append('\n');
    }
    return lines.toString();
  }

  private static String text(Bulk bulk) {
    try (InputStream content = bulk.body().getContent()) {
      return new String(content.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ids(Bulk bulk) {
    StringBuilder ids = new StringBuilder();
    for (int item = 0; item < bulk.size(); item++) {
      ids.append(bulk.id(item));
    }
    return ids.toString();
  }

  /** Without its duration, which the decoder lets nobody leave out, it cannot be encoded. */
  @SuppressWarnings("NullAway")
  private static StoredEvent broken(String id) {
    return stored(new ReconcileEvent(envelope(id), "ada@example.org", 1, 1, null));
  }

  private static StoredEvent event(String id, String trace) {
    return stored(new ErrorEvent(envelope(id), "E", "m", trace));
  }

  private static StoredEvent stored(LogEvent event) {
    return new StoredEvent(event, NOW);
  }

  private static Envelope envelope(String id) {
    return new Envelope(id, NOW, null, null, Map.of());
  }
}
