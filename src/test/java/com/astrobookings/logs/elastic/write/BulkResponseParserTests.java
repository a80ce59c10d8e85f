package com.astrobookings.logs.elastic.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.write.BulkResponseParser.FailedItem;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.io.ByteArrayInputStream;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Answers to bulk requests, and the closed list of what counts as a rejection. */
class BulkResponseParserTests {

  private static final JsonMapper JSON = new JsonMapper();
  private static final MonthIndex MONTH = new MonthIndex(YearMonth.of(2024, 8));

  @Test
  void readsNoFurtherThanThatThereAreNoErrors() {
    assertThat(parse("{\"errors\":false}", 3)).isEmpty();
    assertThat(parse("{\"took\":1,\"errors\":false,\"items\":[{\"create\"", 3)).isEmpty();
  }

  @Test
  void tellsWhichItemsWereNotStored() {
    String stored =
        "{\"create\":{\"_index\":\"i\",\"_id\":\"x\",\"_shards\":{\"failed\":0},\"status\":201}}";
    String taken = item(409, "version_conflict_engine_exception", "it is there", MONTH.name());

    List<FailedItem> failed =
        parse(
            "{\"items\":[%s,%s,%s,%s],\"took\":3,\"errors\":true}"
                .formatted(taken, stored, taken, stored),
            4);

    assertThat(failed)
        .containsExactly(
            new FailedItem(0, new ItemVerdict.Exists(MONTH.name())),
            new FailedItem(2, new ItemVerdict.Exists(MONTH.name())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "<html></html>",
        "{\"hello\":\"world\"}",
        "{\"took\":1,\"items\":[",
        "{\"errors\":true,\"items\":[]}",
        "{\"errors\":true,\"items\":[{\"create\":{\"status\":201}}]}",
        "{\"errors\":true}"
      })
  void takesNothingElseForAnAnswer(String answer) {
    assertThatThrownBy(() -> parse(answer, 2))
        .isInstanceOfAny(IllegalArgumentException.class, JacksonException.class);
  }

  @Test
  void anItemWithoutStatusAndErrorIsNotStored() {
    assertThat(parse("{\"errors\":true,\"items\":[{\"create\":{}}]}", 1))
        .singleElement()
        .satisfies(item -> assertThat(outcome(item.verdict())).isInstanceOf(Unavailable.class));
  }

  @Test
  void anIdThatIsThereIsToBeCompared() {
    assertThat(verdict(409, "version_conflict_engine_exception", "document already exists"))
        .isEqualTo(new ItemVerdict.Exists(MONTH.name()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          document_parsing_exception       | [1:6] failed to parse field [source.ip] of type [ip] in document with id '2'. Preview of field's value: 'x' | The value of the document field source.ip cannot be stored.
          document_parsing_exception       | [1:2] failed to parse: Unexpected character                                                               | The event cannot be stored.
          illegal_argument_exception       | Document contains at least one immense term in field="user.id" (whose UTF8 encoding is longer than the max length 32766) | The value of the document field user.id cannot be stored.
          """)
  void whatElasticsearchSaysAboutTheDocumentRejectsIt(String type, String error, String reason) {
    assertThat(outcome(400, type, error)).isEqualTo(new Rejected(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | cluster_block_exception           | index [x] blocked by: [FORBIDDEN/8/index write (api)];
          429 | cluster_block_exception           | index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]
          400 | index_closed_exception            | closed
          400 | validation_exception              | Validation Failed: 1: this action would add [1] shards
          400 | invalid_index_name_exception      | must be lowercase
          401 | security_exception                | missing authentication credentials
          403 | security_exception                | action [indices:data/write/bulk] is unauthorized
          500 | exception                         | something unheard of
          503 | process_cluster_event_timeout_exception | failed to process cluster event
          400 | illegal_argument_exception        | Number of documents in the index can't exceed [2147483519]
          404 | aliases_not_found_exception       | aliases [x] missing
          """)
  void whateverAnOperatorCanUndoLeavesTheEventToBeSentAgain(int status, String type, String why) {
    assertThat(outcome(status, type, why))
        .isInstanceOfSatisfying(
            Unavailable.class,
            unavailable -> {
              assertThat(unavailable.overloaded()).isFalse();
              assertThat(unavailable.reason()).contains(type, why);
            });
  }

  @ParameterizedTest
  @CsvSource({"es_rejected_execution_exception", "circuit_breaking_exception"})
  void askingToBeSentLessIsOverload(String type) {
    assertThat(outcome(429, type, "too much"))
        .isInstanceOfSatisfying(
            Unavailable.class, unavailable -> assertThat(unavailable.overloaded()).isTrue());
  }

  @Test
  void anArgumentThatIsIllegalBeforeTheShardIsFoundIsNotTheDocument() {
    String type = "illegal_argument_exception";
    String reason = "no write index is defined for alias";
    assertThat(verdict(item(400, type, reason, MONTH.writeAlias())))
        .isInstanceOfSatisfying(
            ItemVerdict.Final.class,
            verdict -> assertThat(verdict.outcome()).isInstanceOf(Unavailable.class));
  }

  @Test
  void aMissingIndexIsPreparedAndOtherwiseUnavailable() {
    assertThat(verdict(404, "index_not_found_exception", "no such index"))
        .isInstanceOfSatisfying(
            ItemVerdict.Unprepared.class,
            verdict -> assertThat(verdict.otherwise()).isInstanceOf(Unavailable.class));
  }

  @Test
  void aMissingFieldIsPreparedAndOtherwiseRejected() {
    String reason =
        "[1:6] mapping set to strict, dynamic introduction of [user.shoe_size] within [_doc] is not"
            + " allowed";
    assertThat(verdict(400, "strict_dynamic_mapping_exception", reason))
        .isEqualTo(
            new ItemVerdict.Unprepared(
                new Rejected("The value of the document field user.shoe_size cannot be stored.")));
  }

  @Test
  void aShardThatIsOutOfServiceIsToldApart() {
    assertThat(verdict(503, "unavailable_shards_exception", "primary shard is not active"))
        .isInstanceOf(ItemVerdict.ShardUnavailable.class);
  }

  private static WriteOutcome outcome(int status, String type, String reason) {
    return outcome(verdict(status, type, reason));
  }

  private static WriteOutcome outcome(ItemVerdict verdict) {
    return ((ItemVerdict.Final) verdict).outcome();
  }

  private static ItemVerdict verdict(int status, String type, String reason) {
    return verdict(item(status, type, reason, MONTH.name()));
  }

  private static ItemVerdict verdict(String item) {
    return parse("{\"errors\":true,\"items\":[%s]}".formatted(item), 1).getFirst().verdict();
  }

  private static List<FailedItem> parse(String answer, int expected) {
    return BulkResponseParser.parse(
        new ByteArrayInputStream(answer.getBytes(UTF_8)), MONTH, expected);
  }

  private static String item(int status, String type, String reason, String index) {
    return JSON.writeValueAsString(
        Map.of(
            "create",
            Map.of(
                "_index",
                index,
                "status",
                status,
                "error",
                Map.of("type", type, "reason", reason))));
  }
}
