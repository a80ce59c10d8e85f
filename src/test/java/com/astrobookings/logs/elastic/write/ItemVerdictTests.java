package com.astrobookings.logs.elastic.write;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import co.elastic.clients.elasticsearch.core.bulk.OperationType;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The closed list of what counts as a rejection, item by item as Elasticsearch says it. */
class ItemVerdictTests {

  private static final MonthIndex MONTH = new MonthIndex(YearMonth.of(2024, 8));

  @Test
  void whatHasNoErrorIsStored() {
    BulkResponseItem item =
        BulkResponseItem.of(
            i -> i.operationType(OperationType.Create).index(MONTH.name()).id("1").status(201));
    assertThat(ItemVerdict.of(item, MONTH)).isEqualTo(new ItemVerdict.Final(new Stored()));
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
    assertThat(ItemVerdict.of(item(400, type, reason, MONTH.writeAlias()), MONTH))
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
        .isInstanceOf(ItemVerdict.ShardAbsent.class);
  }

  private static WriteOutcome outcome(int status, String type, String reason) {
    return ((ItemVerdict.Final) verdict(status, type, reason)).outcome();
  }

  private static ItemVerdict verdict(int status, String type, String reason) {
    return ItemVerdict.of(item(status, type, reason, MONTH.name()), MONTH);
  }

  private static BulkResponseItem item(int status, String type, String reason, String index) {
    return BulkResponseItem.of(i ->
        i.operationType(OperationType.Create)
            .index(index)
            .id("1")
            .status(status)
            .error(e -> e.type(type).reason(reason)));
  }
}
