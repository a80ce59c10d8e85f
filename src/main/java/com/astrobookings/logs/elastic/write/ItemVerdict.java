package com.astrobookings.logs.elastic.write;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Rejected;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what an item of a bulk request means that Elasticsearch did not store. */
sealed interface ItemVerdict {

  /** How Elasticsearch names a field in the reason of a failure. */
  Pattern FIELD = Pattern.compile("field(?: |=)[\\[\"]([\\w@.]+)|introduction of \\[([\\w@.]+)]");

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
  record ShardUnavailable(Unavailable outcome) implements ItemVerdict {}

  /**
   * Judges an item by its error. Only what Elasticsearch says about the document itself is a
   * rejection; whatever an operator can undo leaves the event to be written again.
   *
   * @param index the index of the item in the answer
   */
  static ItemVerdict of(int status, ErrorCause error, String index, MonthIndex month) {
    if ("version_conflict_engine_exception".equals(error.type())) {
      return new Exists(index);
    }
    Unavailable unavailable =
        new Unavailable(
            Failures.isOverload(status, error.type()), Failures.describe(status, error));
    return switch (String.valueOf(error.type())) {
      case "index_not_found_exception" -> new Unprepared(unavailable);
      case "strict_dynamic_mapping_exception" -> new Unprepared(rejected(error));
      case "unavailable_shards_exception" -> new ShardUnavailable(unavailable);
      case "document_parsing_exception" -> new Final(rejected(error));
      case "illegal_argument_exception" ->
          new Final(isAboutDocument(error, index, month) ? rejected(error) : unavailable);
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
    return new Rejected(reason(error));
  }

  /** Names the document field if Elasticsearch does; quotes neither values nor parsers. */
  private static String reason(ErrorCause error) {
    Matcher matcher = FIELD.matcher(String.valueOf(error.reason()));
    if (!matcher.find()) {
      return "The event cannot be stored.";
    }
    String field = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
    return "The value of the document field " + field + " cannot be stored.";
  }
}
