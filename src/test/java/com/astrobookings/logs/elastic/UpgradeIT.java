package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.elastic.index.IndexSchema;
import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Events;
import com.astrobookings.logs.event.LogEvent;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Duplicate;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.memory.Memories;
import com.astrobookings.logs.store.stats.Dimension;
import com.astrobookings.logs.store.stats.EventStats.Groups;
import com.astrobookings.logs.store.stats.StatsRequest;
import com.astrobookings.logs.store.stats.StatsRequest.Resolution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Declarations change from one version of the service to the next, and both may run at once. */
class UpgradeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Instant OLD_MONTH = Instant.parse("2018-01-15T00:00:00Z");
  private static final Instant NEW_MONTH = Instant.parse("2018-02-15T00:00:00Z");
  private static final String JANUARY = "astrobookings-events-2018.01";
  private static final IndexSchema NOW = IndexSchema.declared();

  /** Had no ERROR events. */
  private static final IndexSchema BEFORE = without("error.", NOW.version() - 1);

  /** Has a field that this version does not know. */
  private static final IndexSchema AFTER = with("user.shoe_size", FieldType.LONG);

  private final Elastic elastic = OwnNode.wiped();
  private final Events events = new Events(2018);
  private final StoredEvent old = events.next(EventType.AUTH, "old", OLD_MONTH);

  @AfterEach
  void close() throws IOException {
    elastic.close();
  }

  @Test
  void bringsOldMonthsUpToDateBeforeTheFirstEventOfTheNewShape() {
    assertThat(write(elastic.store(BEFORE), old)).containsExactly(new Stored());
    assertThat(shape(JANUARY).at("/properties/error").isMissingNode()).isTrue();

    EventStore store = elastic.store(NOW);
    StoredEvent again = new StoredEvent(old.event(), old.receivedAt().plusSeconds(1));
    assertThat(write(store, error(OLD_MONTH), error(NEW_MONTH), again))
        .containsExactly(new Stored(), new Stored(), new Duplicate());
    assertThat(shape(JANUARY)).isEqualTo(shape("astrobookings-events-2018.02"));
    assertThat(settings(JANUARY)).isEqualTo(settings("astrobookings-events-2018.02"));
  }

  @Test
  void leavesWhatANewerServicePreparedAlone() {
    assertThat(write(elastic.store(AFTER), old)).containsExactly(new Stored());
    JsonNode shape = shape(JANUARY);
    JsonNode template = template();

    EventStore store = elastic.store(NOW);
    assertThat(write(store, error(OLD_MONTH), error(NEW_MONTH)))
        .containsExactly(new Stored(), new Stored());
    assertThat(shape(JANUARY)).isEqualTo(shape);
    assertThat(template()).isEqualTo(template);
  }

  @Test
  void doesNotTouchAMonthOfItsOwnVersionAtTheStart() {
    write(elastic.store(NOW), old);
    JsonNode settings = settings(JANUARY);
    elastic.delete("/" + JANUARY);
    elastic.put(
        "/" + JANUARY,
        """
        {
          "mappings": {"dynamic": "strict", "_meta": {"version": %d}, "properties": {}},
          "aliases": {"%s-write": {"is_write_index": true}},
          "settings": %s
        }
        """
            .formatted(NOW.version(), JANUARY, settings));
    JsonNode shape = shape(JANUARY);
    elastic.keeper(NOW).prepared().block(PATIENCE);
    assertThat(shape(JANUARY)).isEqualTo(shape);
  }

  @Test
  void readsAnEventOfATypeThatIsNewer() {
    EventStore store = elastic.store(NOW);
    StoredEvent payment = events.next(EventType.AUTH, "payment", OLD_MONTH.plusSeconds(1));
    write(store, old);
    String document = new String(EventDocument.write(payment), StandardCharsets.UTF_8);
    elastic.put(
        "/" + JANUARY + "/_doc/payment?refresh=true",
        document.replace("\"code\":\"AUTH\"", "\"code\":\"PAYMENT\""));

    EventPage page =
        store.search(Queries.all(), Queries.page(10), Memories.share()).block(PATIENCE);
    assertThat(page.events())
        .containsExactly(
            old,
            new StoredEvent(
                new LogEvent.Unknown(payment.event().envelope(), "PAYMENT"), payment.receivedAt()));
  }

  /** Version 1 did not derive which errors are the same. */
  @Test
  void countsErrorsOfTheFirstVersionAsThoseWithoutAGroup() {
    write(elastic.store(without("error.grouping_key", 1)), old);
    assertThat(shape(JANUARY).at("/_meta/version").asInt()).isEqualTo(1);
    StoredEvent first = error(OLD_MONTH.plusSeconds(1));
    elastic.put(
        "/" + JANUARY + "/_doc/" + first.event().id() + "?refresh=true",
        new String(EventDocument.write(first), StandardCharsets.UTF_8)
            .replaceAll("\"grouping_key\":\"\\w+\",", ""));

    EventStore store = elastic.store(NOW);
    StoredEvent second = error(OLD_MONTH.plusSeconds(2));
    assertThat(store.write(List.of(first, second), RefreshPolicy.WAIT_FOR).block(PATIENCE))
        .containsExactly(new Duplicate(), new Stored());
    assertThat(shape(JANUARY).at("/_meta/version").asInt()).isEqualTo(NOW.version());
    Groups groups =
        Objects.requireNonNull(
                store.stats(Queries.all(), byErrorGroup(), Memories.share()).block(PATIENCE))
            .groups();
    assertThat(groups.values())
        .singleElement()
        .satisfies(group -> assertThat(group.lastSeen()).isEqualTo(second.event().timestamp()));
    assertThat(groups.missing()).isEqualTo(2);
  }

  private static StatsRequest byErrorGroup() {
    return new StatsRequest(
        new Resolution.None(),
        ZoneOffset.UTC,
        List.of(new Dimension("errorGroup", "error.grouping_key")),
        10,
        false);
  }

  @Test
  void rejectsOnlyWhatTheMappingCannotHoldAfterItWasBroughtUpToDate() {
    EventStore store = elastic.store(BEFORE);
    assertThat(write(store, error(OLD_MONTH), old))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains("error")),
            second -> assertThat(second).isEqualTo(new Stored()));
  }

  @Test
  void mendsAMappingThatLacksAFieldWhateverItsVersionSays() {
    EventStore store = elastic.store(NOW);
    write(store, old);
    elastic.delete("/" + JANUARY);
    elastic.put(
        "/" + JANUARY,
        """
        {
          "mappings": {"dynamic": "strict", "_meta": {"version": %d}},
          "aliases": {"%s-write": {"is_write_index": true}}
        }
        """
            .formatted(NOW.version(), JANUARY));
    assertThat(write(store, error(OLD_MONTH))).containsExactly(new Stored());
  }

  @Test
  void takesAnIndexWithoutItsNameForWritingInHand() {
    write(elastic.store(NOW), old);
    elastic.delete("/" + JANUARY + "/_alias/" + JANUARY + "-write");
    assertThat(write(elastic.store(NOW), error(OLD_MONTH))).containsExactly(new Stored());
  }

  @Test
  void restoresTheDurabilityThatPromisesRestOn() {
    write(elastic.store(NOW), old);
    elastic.put("/" + JANUARY + "/_settings", "{\"index.translog.durability\":\"async\"}");
    elastic.keeper(NOW).prepared().block(PATIENCE);
    assertThat(settings(JANUARY).at("/index/translog/durability").stringValue())
        .isEqualTo("request");
  }

  @Test
  void refusesAChangeThatCannotBeMadeAndNamesIndexAndField() {
    SortedMap<String, FieldType> types = new TreeMap<>(NOW.types());
    types.put("user.id", FieldType.LONG);
    elastic.keeper(new IndexSchema(NOW.version() - 1, types)).prepared().block(PATIENCE);
    write(elastic.store(new IndexSchema(NOW.version() - 1, types)), error(OLD_MONTH));

    assertThatThrownBy(() -> elastic.keeper(NOW).prepared().block(PATIENCE))
        .hasMessageContainingAll(JANUARY, "user.id", "long", "keyword");
  }

  private StoredEvent error(Instant timestamp) {
    return events.next(EventType.ERROR, "error-" + timestamp, timestamp);
  }

  private static List<WriteOutcome> write(EventStore store, StoredEvent... written) {
    return Objects.requireNonNull(
        store.write(List.of(written), RefreshPolicy.NONE).block(PATIENCE));
  }

  private JsonNode shape(String index) {
    return elastic.get("/" + index + "/_mapping").get(index).get("mappings");
  }

  private JsonNode settings(String index) {
    String parts = "/_settings/index.translog*,index.query*";
    return elastic.get("/" + index + parts).get(index).get("settings");
  }

  private JsonNode template() {
    return elastic
        .get("/_index_template/astrobookings-events")
        .at("/index_templates/0/index_template");
  }

  private static IndexSchema without(String prefix, int version) {
    SortedMap<String, FieldType> types = new TreeMap<>(NOW.types());
    types.keySet().removeIf(path -> path.startsWith(prefix));
    return new IndexSchema(version, types);
  }

  private static IndexSchema with(String path, FieldType type) {
    SortedMap<String, FieldType> types = new TreeMap<>(NOW.types());
    types.put(path, type);
    return new IndexSchema(NOW.version() + 1, types);
  }
}
