package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is acknowledged is on disk, also after somebody has traded that for speed. */
@ExtendWith(OutputCaptureExtension.class)
class DurabilityIT {

  private static final Instant MAY = Instant.parse("2020-05-17T10:00:00Z");
  private static final Instant JUNE = Instant.parse("2020-06-17T10:00:00Z");
  private static final String IN_MAY = "/astrobookings-events-2020.05";
  private static final String ASYNC = "{\"index.translog.durability\":\"async\"}";

  private final Elastic elastic = OwnNode.wiped();
  private final EventStore store = elastic.store();
  private final Events events = new Events(20);

  @BeforeEach
  void bothMonthsExist() {
    assertThat(write(MAY, JUNE)).containsExactly(new Stored(), new Stored());
  }

  @AfterEach
  void close() throws IOException {
    elastic.put(IN_MAY + "/_settings", "{\"index.blocks.metadata\":null}");
    elastic.close();
  }

  @Test
  void isSetBackBeforeTheNextWriteAndTheLogSaysSo(CapturedOutput output) {
    elastic.put(IN_MAY + "/_settings", ASYNC);

    assertThat(write(MAY, JUNE)).containsExactly(new Stored(), new Stored());
    assertThat(durability()).isEqualTo("request");
    assertThat(output.getAll().lines().filter(line -> line.contains("2020.05")))
        .anySatisfy(line -> assertThat(line).contains("WARN", "index.translog.durability"))
        .anySatisfy(line -> assertThat(line).contains("INFO", "after fsync again"));
  }

  @Test
  void putsOnDiskWhatWasAcknowledgedMeanwhile() {
    elastic.put(IN_MAY + "/_settings", ASYNC);
    elastic.post(
        IN_MAY + "/_doc", "{\"@timestamp\":\"2020-05-17T10:00:00Z\",\"event\":{\"id\":\"x\"}}");
    write(JUNE);
    assertThat(uncommitted()).isPositive();

    write(MAY);

    assertThat(uncommitted()).isLessThanOrEqualTo(1);
  }

  @Test
  void isNotPretendedWhereItCannotBeHad() {
    elastic.put(IN_MAY + "/_settings", ASYNC);
    elastic.put(IN_MAY + "/_settings", "{\"index.blocks.metadata\":true}");

    List<WriteOutcome> outcomes = write(MAY, JUNE);

    assertThat(outcomes.getFirst())
        .isInstanceOfSatisfying(
            Unavailable.class,
            refused ->
                assertThat(refused.reason())
                    .startsWith("index.translog.durability of astrobookings-events-2020.05"));
    assertThat(outcomes.getLast()).isEqualTo(new Stored());
  }

  private List<WriteOutcome> write(Instant... timestamps) {
    List<StoredEvent> written =
        List.of(timestamps).stream().map(timestamp -> events.next(timestamp)).toList();
    return Objects.requireNonNull(
        store.write(written, RefreshPolicy.NONE).block(Duration.ofSeconds(15)));
  }

  private String durability() {
    return elastic
        .get(IN_MAY + "/_settings")
        .at(IN_MAY + "/settings/index/translog/durability")
        .stringValue();
  }

  /** Operations that are in the log of operations only. */
  private int uncommitted() {
    return elastic
        .get(IN_MAY + "/_stats/translog")
        .at("/_all/primaries/translog/uncommitted_operations")
        .asInt();
  }
}
