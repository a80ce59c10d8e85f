package com.astrobookings.logs.elastic.write;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Stored;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;

/** What Elasticsearch says about one event of a bulk request. */
sealed interface ItemVerdict {

  /** Nothing remains to be done. */
  record Final(WriteOutcome outcome) implements ItemVerdict {}

  /**
   * A document with this id is there.
   *
   * @param index where
   */
  record Exists(String index) implements ItemVerdict {}

  /**
   * The index is missing or lacks a field, which we can repair.
   *
   * @param otherwise what becomes of the event when that does not help
   */
  record Unprepared(WriteOutcome otherwise) implements ItemVerdict {}

  /** The shard of the event is out of service. */
  record ShardAbsent(Unavailable outcome) implements ItemVerdict {}

  /**
   * Judges one item. Only what Elasticsearch says about the document itself is a rejection;
   * whatever an operator can undo leaves the event to be written again.
   */
  static ItemVerdict of(BulkResponseItem item, MonthIndex month) {
    ErrorCause error = item.error();
    if (error == null) {
      return new Final(new Stored());
    }
    Unavailable unavailable =
        new Unavailable(
            Failures.isOverload(item.status(), error.type()),
            Failures.describe(item.status(), error));
    return switch (String.valueOf(error.type())) {
      case "version_conflict_engine_exception" -> new Exists(item.index());
      case "index_not_found_exception" -> new Unprepared(unavailable);
      case "strict_dynamic_mapping_exception" -> new Unprepared(rejected(error));
      case "unavailable_shards_exception" -> new ShardAbsent(unavailable);
      case "document_parsing_exception" -> new Final(rejected(error));
      case "illegal_argument_exception" ->
          new Final(isAboutDocument(error, item.index(), month) ? rejected(error) : unavailable);
      default -> new Final(unavailable);
    };
  }

  /**
   * The shard, which alone reads documents, goes by the name of its index; whatever fails before a
   * shard is found goes by the alias. A full shard is no fault of the document either.
   */
  private static boolean isAboutDocument(ErrorCause error, String index, MonthIndex month) {
    return !index.equals(month.writeAlias())
        && !String.valueOf(error.reason()).startsWith("Number of documents");
  }

  private static Rejected rejected(ErrorCause error) {
    return new Rejected(Rejections.reason(error));
  }
}
