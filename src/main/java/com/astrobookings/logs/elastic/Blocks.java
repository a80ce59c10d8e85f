package com.astrobookings.logs.elastic;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What Elasticsearch refuses to do for indices, as its cluster state tells: a closed index, a full
 * disk and an operator's block are all told there in one form.
 *
 * @param global for all indices
 * @param ofIndex for each index by its name; empty for one without blocks
 */
record Blocks(List<Block> global, Map<String, List<Block>> ofIndex) {

  private static final JsonObject NONE = JsonValue.EMPTY_JSON_OBJECT;

  /**
   * One block.
   *
   * @param description in the words of Elasticsearch
   * @param levels what is refused, such as {@code read} and {@code write}
   */
  record Block(String description, Set<String> levels) {

    boolean stopsWrites() {
      return levels.contains("write");
    }

    boolean stopsReads() {
      return levels.contains("read");
    }

    @Override
    public String toString() {
      return description
          + ": no "
          + levels.stream().map(level -> level.replace('_', ' ')).collect(Collectors.joining(", "));
    }

    private static Block of(JsonObject block) {
      return new Block(
          block.getString("description", "blocked"),
          block.getJsonArray("levels").getValuesAs(JsonString::getString).stream()
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  /** Reads the part {@code blocks} of a cluster state. */
  static Blocks of(JsonObject state) {
    JsonObject blocks = object(state, "blocks");
    Map<String, List<Block>> ofIndex = new TreeMap<>();
    object(blocks, "indices")
        .forEach((index, value) -> ofIndex.put(index, list(value.asJsonObject())));
    return new Blocks(list(object(blocks, "global")), ofIndex);
  }

  /** Whether events for {@code index} are refused. */
  boolean stopWritesTo(String index) {
    return global.stream().anyMatch(Block::stopsWrites)
        || ofIndex.getOrDefault(index, List.of()).stream().anyMatch(Block::stopsWrites);
  }

  private static List<Block> list(JsonObject blocks) {
    return blocks.values().stream().map(block -> Block.of(block.asJsonObject())).toList();
  }

  private static JsonObject object(JsonObject parent, String name) {
    return parent.get(name) instanceof JsonObject child ? child : NONE;
  }
}
