package com.astrobookings.logs.elastic.wire;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.transport.TransportException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentTooLongException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** What a failed request means. */
public final class Failures {

  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  /** The answers 429 that mean "send less"; a full disk is a 429 as well. */
  private static final Set<String> OVERLOAD =
      Set.of("es_rejected_execution_exception", "circuit_breaking_exception");

  /** Elasticsearch's own types in the text of a failure; values that it quotes are escaped. */
  private static final Pattern TYPE = Pattern.compile("\"type\":\"([a-z_]{1,80})\"");

  private Failures() {}

  /** What becomes of the events of a failed write. */
  public static Unavailable ofWrite(Throwable failure) {
    boolean overloaded =
        switch (failure) {
          case ElasticsearchException e -> isOverload(e.status(), e.error().type());
          case TransportException e -> e.statusCode() == TOO_MANY_REQUESTS;
          case ResponseException e -> status(e) == TOO_MANY_REQUESTS;
          default -> false;
        };
    return new Unavailable(overloaded, discreet(failure));
  }

  /** What the reader of a failed read is told. */
  public static StoreUnavailableException ofRead(Throwable failure) {
    return failure instanceof StoreUnavailableException known
        ? known
        : new StoreUnavailableException(discreet(failure), failure, isTimeout(failure));
  }

  /** Whether Elasticsearch asks to be sent less. */
  public static boolean isOverload(int status, @Nullable String type) {
    return status == TOO_MANY_REQUESTS && type != null && OVERLOAD.contains(type);
  }

  /** Whether Elasticsearch asks to be sent less, as the answer to a read. */
  public static boolean isOverload(Throwable failure) {
    return status(failure) == TOO_MANY_REQUESTS && !isSearchTimeout(failure);
  }

  /** Whether the request was larger than Elasticsearch takes. */
  public static boolean isTooLarge(Throwable failure) {
    return status(failure) == CONTENT_TOO_LARGE;
  }

  /** Whether the answer was larger than the client takes. */
  public static boolean isAnswerTooLarge(Throwable failure) {
    return hasCause(failure, cause -> cause instanceof ContentTooLongException);
  }

  /** Whether what was asked for is not there. */
  public static boolean isNotFound(Throwable failure) {
    return status(failure) == NOT_FOUND;
  }

  /** Whether Elasticsearch understood and said no, as it will again until somebody acts. */
  public static boolean isRefusal(Throwable failure) {
    return failure instanceof ElasticsearchException e && e.status() < 500;
  }

  /** Whether Elasticsearch gave this type of error. */
  public static boolean isOfType(Throwable failure, String type) {
    return failure instanceof ElasticsearchException e && type.equals(e.error().type());
  }

  /** Whether the connection was lost before an answer came, as idle ones are now and then. */
  public static boolean isLostConnection(Throwable failure) {
    return hasCause(
        failure,
        cause ->
            cause instanceof ConnectionClosedException
                || cause instanceof NoHttpResponseException
                || cause.getClass() == SocketException.class);
  }

  /** Whether a part of the store cannot answer now, and may when a shard has started. */
  public static boolean isUnavailable(Throwable failure) {
    return failure instanceof StoreUnavailableException known
        ? !known.timedOut()
        : status(failure) == SERVICE_UNAVAILABLE;
  }

  /** Whether the shards could not make sense of a query, or not with the effort they allow. */
  public static boolean isQueryRefused(Throwable failure) {
    return status(failure) == BAD_REQUEST && isOfType(failure, "search_phase_execution_exception");
  }

  /** Whether an aggregation would have had more buckets than Elasticsearch allows. */
  public static boolean isTooManyBuckets(Throwable failure) {
    return failure instanceof ElasticsearchException e
        && causes(e.error()).anyMatch(cause -> "too_many_buckets_exception".equals(cause.type()));
  }

  /** What Elasticsearch said, or what kept it from saying anything. For operators. */
  public static String describe(Throwable failure) {
    return switch (failure) {
      case ElasticsearchException e -> describe(e.status(), e.error());
      case ResponseException e -> "status %d: %s".formatted(status(e), e.getMessage());
      case TimeoutException e -> "no answer in time";
      case StoreUnavailableException e when e.getMessage() != null -> e.getMessage();
      default -> failure.toString();
    };
  }

  /**
   * The same, about a request with what a client has sent in it. Refusals quote that, and so may
   * the body of a failure, which can be a proxy's: of them the types are told. What is refused by
   * the state of the cluster is a {@code validation_exception}.
   */
  private static String discreet(Throwable failure) {
    return switch (failure) {
      case ElasticsearchException e
          when e.status() == BAD_REQUEST && !"validation_exception".equals(e.error().type()) ->
          "status %d, %s".formatted(e.status(), list(causes(e.error()).map(cause -> cause.type())));
      case ResponseException e ->
          "status %d, %s"
              .formatted(
                  status(e),
                  list(TYPE.matcher(e.getMessage()).results().map(type -> type.group(1))));
      default -> describe(failure);
    };
  }

  /** What Elasticsearch said. For operators. */
  public static String describe(int status, ErrorCause error) {
    return "status %d, %s"
        .formatted(status, list(causes(error).map(cause -> cause.type() + ": " + cause.reason())));
  }

  private static String list(Stream<@Nullable String> causes) {
    return causes.distinct().collect(Collectors.joining("; "));
  }

  private static Stream<ErrorCause> causes(ErrorCause error) {
    return Stream.of(
            Stream.of(error), error.rootCause().stream(), Stream.ofNullable(error.causedBy()))
        .flatMap(Function.identity());
  }

  /** From 500 on, the client fails with what its lower layer knows. */
  private static int status(Throwable failure) {
    return switch (failure) {
      case ElasticsearchException e -> e.status();
      case TransportException e -> e.statusCode();
      case ResponseException e -> e.getResponse().getStatusCode();
      default -> 0;
    };
  }

  private static boolean isTimeout(Throwable failure) {
    return status(failure) == GATEWAY_TIMEOUT
        || isSearchTimeout(failure)
        || hasCause(
            failure,
            cause -> cause instanceof TimeoutException || cause instanceof InterruptedIOException);
  }

  /** Told with status 429 when an incomplete answer is not wanted. */
  private static boolean isSearchTimeout(Throwable failure) {
    return failure instanceof ElasticsearchException e
        && causes(e.error()).anyMatch(cause -> "search_timeout_exception".equals(cause.type()));
  }

  private static boolean hasCause(Throwable failure, Predicate<Throwable> condition) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(condition);
  }
}
