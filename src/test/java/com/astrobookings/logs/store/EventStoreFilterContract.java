package com.astrobookings.logs.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.AuthEvent;
import com.astrobookings.logs.event.Envelope;
import com.astrobookings.logs.event.EventSchema;
import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.Field;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.Addresses;
import com.astrobookings.logs.event.value.FieldType;
import com.astrobookings.logs.event.value.Result;
import com.astrobookings.logs.store.EventQuery.Order;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What filters find; a part of {@link EventStoreContract}. */
abstract class EventStoreFilterContract extends EventStoreWriteContract {

  @Test
  void findsByTheValuesOfAnyField() {
    List<StoredEvent> written = events.within(start, 300);
    write(written.toArray(StoredEvent[]::new));
    InMemoryEventStore oracle = oracle(written);
    for (Field<?> field : EventSchema.fields().values()) {
      if (field.filter() != null && field.codec().fieldType() != FieldType.FLATTENED) {
        for (int count : List.of(1, 3)) {
          EventQuery query = filtered(new Filter(field.path(), values(field, written, count)));
          assertThat(allPages(query, 1_000))
              .as("%s", query)
              .isNotEmpty()
              .containsExactlyElementsOf(oracle.matching(query));
        }
      }
    }
  }

  @Test
  void findsWhatFulfilsAllFilters() {
    List<StoredEvent> written = events.within(start, 300);
    write(written.toArray(StoredEvent[]::new));
    EventQuery query =
        new EventQuery(
            start,
            start.plusMillis(900),
            Set.of(EventType.AUTH, EventType.NOTIFY),
            List.of(
                filter("event.outcome", "failure"),
                filter("labels.team", "core-api", "Zürich", "予約", "a\\b\n\tc")),
            null,
            Order.DESC);
    assertThat(allPages(query, 7))
        .isNotEmpty()
        .containsExactlyElementsOf(oracle(written).matching(query));
  }

  @Test
  void findsLabelsByTheirWholeKeyAndValue() {
    StoredEvent dotted = labelled("a", Map.of("build.number", "17", "build", "1"));
    StoredEvent empty = labelled("b", Map.of("build.number", ""));
    StoredEvent other = labelled("c", Map.of("build", "17", "number", "17"));
    write(dotted, empty, other);
    assertThat(allPages(filtered(filter("labels.build.number", "17")), 10)).containsExactly(dotted);
    assertThat(allPages(filtered(filter("labels.build.number", "")), 10)).containsExactly(empty);
    assertThat(allPages(filtered(filter("labels.build", "1", "17")), 10))
        .containsExactly(dotted, other);
    assertThat(allPages(filtered(filter("labels.numbe", "17")), 10)).isEmpty();
  }

  @Test
  void findsNamesOfPeopleInAnyCaseAndOthersAsTheyAre() {
    StoredEvent event = auth("a", "Anna-1", "Jürgen.ÇELİK@Example.com", "192.0.2.7");
    write(event);
    String email = "Jürgen.ÇELİK@Example.com";
    for (String typed : List.of(email, "JÜRGEN.çELİk@EXAMPLE.COM", "jürgen.çelik@example.com")) {
      assertThat(allPages(filtered(filter("user.email", typed)), 10))
          .as(typed)
          .isEqualTo(oracle(List.of(event)).matching(filtered(filter("user.email", typed))));
    }
    assertThat(allPages(filtered(filter("user.email", email.toUpperCase(Locale.ROOT))), 10))
        .containsExactly(event);
    assertThat(allPages(filtered(filter("user.id", "Anna-1")), 10)).containsExactly(event);
    assertThat(allPages(filtered(filter("user.id", "anna-1")), 10)).isEmpty();
    assertThat(allPages(filtered(filter("user.id", "Anna")), 10)).isEmpty();
  }

  @Test
  void findsAddressesByBlock() {
    StoredEvent low = auth("a", "u", null, "10.0.0.0");
    StoredEvent high = auth("b", "u", null, "10.255.255.255");
    StoredEvent beyond = auth("c", "u", null, "11.0.0.0");
    StoredEvent six = auth("d", "u", null, "2001:db8::7");
    write(low, high, beyond, six);
    assertThat(byAddress("10.0.0.0/8")).containsExactly(low, high);
    assertThat(byAddress("10.9.8.7/8")).containsExactly(low, high);
    assertThat(byAddress("10.0.0.0/32")).containsExactly(low);
    assertThat(byAddress("10.255.255.255")).containsExactly(high);
    assertThat(byAddress("2001:db8::/32", "11.0.0.0")).containsExactly(beyond, six);
    assertThat(byAddress("0.0.0.0/0")).containsExactly(low, high, beyond);
    assertThat(byAddress("192.0.2.0/24")).isEmpty();
  }

  private List<StoredEvent> byAddress(String... blocks) {
    return allPages(filtered(filter("source.ip", blocks)), 10);
  }

  private SortedSet<String> values(Field<?> field, List<StoredEvent> written, int count) {
    SortedSet<String> values = new TreeSet<>(Set.of("192.0.2.99"));
    List<String> there =
        written.stream().flatMap(stored -> stored(field.valueIn(stored.event()))).toList();
    for (int i = 0; i < count; i++) {
      values.add(events.oneOf(there));
    }
    return values;
  }

  private static Stream<String> stored(Object value) {
    return switch (value) {
      case null -> Stream.empty();
      case Result result -> Stream.of(result.outcome());
      case InetAddress address -> Stream.of(Addresses.format(address));
      default -> Stream.of(value.toString());
    };
  }

  private StoredEvent labelled(String name, Map<String, String> labels) {
    return new StoredEvent(
        new AuthEvent(
            new Envelope(id(name), nano(1), null, null, labels),
            "u",
            null,
            Addresses.parse("192.0.2.7").orElseThrow(),
            Result.FAIL),
        nano(2));
  }

  private StoredEvent auth(String name, String user, String email, String address) {
    return new StoredEvent(
        new AuthEvent(
            new Envelope(id(name), nano(1), null, null, Map.of()),
            user,
            email,
            Addresses.parse(address).orElseThrow(),
            Result.SUCCESS),
        nano(2));
  }

  private EventQuery filtered(Filter... filters) {
    return new EventQuery(start, nano(999_999_999), Set.of(), List.of(filters), null, Order.ASC);
  }

  private static Filter filter(String path, String... values) {
    return new Filter(path, new TreeSet<>(List.of(values)));
  }
}
