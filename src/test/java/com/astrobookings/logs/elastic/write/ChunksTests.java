package com.astrobookings.logs.elastic.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.ErrorEvent;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.ReconcileEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.WriteOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ChunksTests {

  private static final Instant NOW = Instant.parse("2024-08-11T10:00:00Z");

  @Test
  void holdAsManyDocumentsAsABulkRequestTakes() {
    Chunks chunks = Chunks.of(List.of(large("a"), large("b"), large("c")), Set.of());

    assertThat(chunks.parts()).extracting(List::size).containsExactly(2, 1);
    assertThat(chunks.failed()).isEmpty();
  }

  @Test
  void leaveOutAnEventThatBringsADefectToLight(CapturedOutput output) {
    Chunks chunks = Chunks.of(List.of(item("a", ""), broken("b"), item("c", "")), Set.of());

    assertThat(chunks.parts())
        .singleElement()
        .satisfies(part -> assertThat(part).extracting(NewDocument::id).containsExactly("a", "c"));
    assertThat(chunks.failed())
        .containsOnly(Map.entry("b", Written.not(new WriteOutcome.Defect())));
    assertThat(output)
        .contains("The RECONCILE event b", "java.lang.NullPointerException", "EventDocument.write")
        .doesNotContain("ada@example.org");
  }

  @Test
  void mayHoldNothing() {
    assertThat(Chunks.of(List.of(broken("b")), Set.of()).parts()).isEmpty();
  }

  private static EventWriter.Item large(String id) {
    return item(id, "x".repeat(700_000));
  }

  /** Without its duration, which the decoder lets nobody leave out, it cannot be written. */
  @SuppressWarnings("NullAway")
  private static EventWriter.Item broken(String id) {
    return item(new ReconcileEvent(envelope(id), "ada@example.org", 1, 1, null));
  }

  private static EventWriter.Item item(String id, String trace) {
    return item(new ErrorEvent(envelope(id), "E", "m", trace));
  }

  private static EventWriter.Item item(LogEvent event) {
    return new EventWriter.Item(0, new StoredEvent(event, NOW));
  }

  private static Envelope envelope(String id) {
    return new Envelope(id, NOW, null, null, Map.of());
  }
}
