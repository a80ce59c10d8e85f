package com.astrobookings.logs.elastic.read;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.json.JsonpUtils;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import com.astrobookings.logs.store.kql.KqlQuery;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts and their translations, which are in {@code elastic/kql.json}. */
class KqlTranslatorTests {

  private static final JsonMapper JSON = new JsonMapper();
  private static final ZoneId ZONE = ZoneId.of("Europe/Madrid");
  private static final Instant NOW = Instant.parse("2024-08-12T10:00:00Z");

  /** The default of {@code indices.query.bool.max_nested_depth}, less the filter around it. */
  private static final int MAX_DEPTH = 29;

  static Stream<Arguments> translations() throws IOException {
    try (InputStream in = KqlTranslatorTests.class.getResourceAsStream("/elastic/kql.json")) {
      return JSON.readTree(in)
          .valueStream()
          .map(row -> Arguments.of(row.get("q").asString(), row.get("query")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("translations")
  void translates(String typed, JsonNode query) {
    assertThat(translate(typed)).isEqualTo(query);
  }

  @Test
  void staysWithinTheDepthThatElasticsearchAllows() {
    String chain = alternating(30, "x and (", "x or (");
    for (String deepest :
        List.of(
            alternating(32, "x and (", "x or ("),
            alternating(16, "x and not (", "x or not ("),
            alternating(16, "not x and not (", "not x or not ("),
            "not ".repeat(32) + "x",
            "(%s) or (%s) or (%s)".formatted(chain, chain, chain),
            "x and (%s) and (%s) and (%s)".formatted(chain, chain, chain))) {
      assertThat(depth(translate(deepest))).as(deepest).isLessThanOrEqualTo(MAX_DEPTH);
    }
  }

  @Test
  void staysWithinThatDepthWhateverTheShape() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      String text = tree(random, 1 + random.nextInt(180), 32);
      if (text.length() <= KqlQuery.MAX_LENGTH) {
        assertThat(depth(translate(text))).as(text).isLessThanOrEqualTo(MAX_DEPTH);
      }
    }
  }

  private static String alternating(int depth, String one, String other) {
    StringBuilder text = new StringBuilder("x");
    for (int i = 0; i < depth; i++) {
      text.insert(0, i % 2 == 0 ? one : other).append(')');
    }
    return text.toString();
  }

  /** A query of so many words, with operators of random sides: chains and bushes. */
  private static String tree(Random random, int words, int depth) {
    if (words == 1 || depth == 0) {
      return random.nextInt(4) == 0 && depth > 0 ? "not x" : "x";
    }
    int left = random.nextBoolean() ? 1 : 1 + random.nextInt(words - 1);
    return "(%s %s %s)"
        .formatted(
            tree(random, left, depth - 1),
            random.nextBoolean() ? "and" : "or",
            tree(random, words - left, depth - 1));
  }

  private static int depth(JsonNode query) {
    int inner = 0;
    for (JsonNode value : query) {
      inner = Math.max(inner, depth(value));
    }
    return inner + (query.has("bool") ? 1 : 0);
  }

  private static JsonNode translate(String typed) {
    KqlQuery parsed = KqlQuery.parse(typed, ZONE, NOW);
    return JSON.readTree(
        JsonpUtils.toJsonString(KqlTranslator.translate(parsed.root()), new Jackson3JsonpMapper()));
  }
}
