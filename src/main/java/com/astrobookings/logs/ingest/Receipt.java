package com.astrobookings.logs.ingest;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What became of every event of a request, by its position.
 *
 * @param single whether the event was sent by itself
 * @param items in the order of the request; at least one
 */
record Receipt(boolean single, List<Item> items) {

  /** What the answer to the whole request says. */
  Verdict verdict() {
    return single
        ? Verdict.ofSingle(items.getFirst().status(), overloaded())
        : Verdict.ofBatch(counts(), overloaded());
  }

  /** How many events came to each status; statuses without any are left out. */
  Map<ItemStatus, Integer> counts() {
    Map<ItemStatus, Integer> counts = new EnumMap<>(ItemStatus.class);
    items.forEach(item -> counts.merge(item.status(), 1, Integer::sum));
    return counts;
  }

  /** How long to wait before what was refused is worth sending again; null if nothing was. */
  @Nullable Duration retryAfter() {
    return counts().containsKey(ItemStatus.REFUSED)
        ? Verdict.refusal(overloaded()).retryAfter()
        : null;
  }

  private boolean overloaded() {
    return items.stream()
        .filter(item -> item.status() == ItemStatus.REFUSED)
        .allMatch(item -> item.refusal() == Item.Refusal.OVERLOAD);
  }

  /**
   * Writes counts and items into an open object.
   *
   * @param verbose whether to list the events that were taken, too
   */
  void write(JsonGenerator generator, boolean verbose) {
    Map<ItemStatus, Integer> counts = counts();
    generator.writeNumberProperty("received", items.size());
    for (ItemStatus status : ItemStatus.values()) {
      generator.writeNumberProperty(status.label(), counts.getOrDefault(status, 0));
    }
    generator.writeNumberProperty(
        "failed", items.stream().filter(item -> item.status().failed()).count());
    generator.writeArrayPropertyStart("items");
    for (int i = 0; i < items.size(); i++) {
      if (verbose || items.get(i).status().failed()) {
        write(generator, i, items.get(i));
      }
    }
    generator.writeEndArray();
  }

  private static void write(JsonGenerator generator, int index, Item item) {
    generator.writeStartObject();
    generator.writeNumberProperty("index", index);
    if (item.id() != null) {
      generator.writeStringProperty("id", item.id());
    }
    if (item.timestamp() != null) {
      generator.writeStringProperty("timestamp", item.timestamp().toString());
    }
    generator.writeStringProperty("status", item.status().label());
    if (item.message() != null) {
      generator.writeStringProperty("message", item.message());
    }
    if (!item.violations().isEmpty()) {
      generator.writeArrayPropertyStart("errors");
      item.violations().forEach(violation -> Answers.fault(violation).write(generator));
      generator.writeEndArray();
    }
    generator.writeEndObject();
  }
}
