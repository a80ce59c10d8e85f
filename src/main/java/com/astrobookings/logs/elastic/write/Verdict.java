package com.astrobookings.logs.elastic.write;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.store.WriteOutcome;

/** What Elasticsearch says about one event of a bulk request. */
sealed interface Verdict {

  /** Nothing remains to be done. */
  record Final(WriteOutcome outcome) implements Verdict {}

  /**
   * A document with this id is there.
   *
   * @param index where
   */
  record Exists(String index) implements Verdict {}

  /**
   * The index is missing or lacks a field, which we can repair.
   *
   * @param otherwise what the event is answered when that does not help
   */
  record Unprepared(WriteOutcome otherwise) implements Verdict {}

  /**
   * Judges one item. Only what Elasticsearch says about the document itself is a rejection;
   * everything that an operator can undo leaves the event to be written again.
   */
  static Verdict of(BulkResponseItem item, MonthIndex month) {
    ErrorCause error = item.error();
    if (error == null) {
      return new Final(new WriteOutcome.Stored());
    }
    String type = error.type() == null ? "" : error.type();
    return switch (type) {
      case "version_conflict_engine_exception" -> new Exists(item.index());
      case "index_not_found_exception" -> new Unprepared(unavailable(item, error));
      case "strict_dynamic_mapping_exception" -> new Unprepared(rejected(error));
      case "document_parsing_exception" -> new Final(rejected(error));
      case "illegal_argument_exception" ->
          new Final(isAboutDocument(item, month) ? rejected(error) : unavailable(item, error));
      default -> new Final(unavailable(item, error));
    };
  }

  /**
   * The shard, which alone reads documents, answers by the name of its index. What is refused
   * before a shard is found still goes by the alias.
   */
  private static boolean isAboutDocument(BulkResponseItem item, MonthIndex month) {
    return !month.writeAlias().equals(item.index());
  }

  private static WriteOutcome unavailable(BulkResponseItem item, ErrorCause error) {
    return new WriteOutcome.Unavailable(
        Failures.isOverload(item.status(), error.type()), Failures.describe(item.status(), error));
  }

  private static WriteOutcome rejected(ErrorCause error) {
    return new WriteOutcome.Rejected(Rejections.reason(error));
  }
}
