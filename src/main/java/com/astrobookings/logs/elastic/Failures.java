package com.astrobookings.logs.elastic;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.transport.TransportException;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** What failed requests mean. */
final class Failures {

  private static final int TOO_LARGE = 413;
  private static final int TOO_MANY_REQUESTS = 429;

  /** The answers 429 that mean "send less"; a full disk is also a 429. */
  private static final Set<String> OVERLOAD =
      Set.of("es_rejected_execution_exception", "circuit_breaking_exception");

  private Failures() {}

  static Unavailable ofWrite(Throwable failure) {
    boolean overloaded =
        switch (failure) {
          case ElasticsearchException e -> overload(e.status(), e.error().type());
          case TransportException e -> e.statusCode() == TOO_MANY_REQUESTS;
          default -> false;
        };
    return new Unavailable(overloaded, describe(failure));
  }

  static StoreUnavailableException ofRead(Throwable failure) {
    return failure instanceof StoreUnavailableException known
        ? known
        : new StoreUnavailableException(describe(failure), failure, isTimeout(failure));
  }

  static boolean overload(int status, @Nullable String type) {
    return status == TOO_MANY_REQUESTS && type != null && OVERLOAD.contains(type);
  }

  static boolean isTooLarge(Throwable failure) {
    return status(failure) == TOO_LARGE;
  }

  static boolean isNotFound(Throwable failure) {
    return status(failure) == 404;
  }

  static boolean isOfType(Throwable failure, String type) {
    return failure instanceof ElasticsearchException e && type.equals(e.error().type());
  }

  /** Elasticsearch closed an idle connection just when it was used again. */
  static boolean isStaleConnection(Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof ConnectionClosedException
          || cause instanceof NoHttpResponseException
          || isReset(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isReset(Throwable cause) {
    return cause instanceof IOException
        && cause.getMessage() != null
        && (cause.getMessage().contains("Connection reset")
            || cause.getMessage().contains("Broken pipe"));
  }

  /** For operators: names what Elasticsearch said, or what kept it from saying anything. */
  static String describe(Throwable failure) {
    return failure instanceof ElasticsearchException e
        ? describe(e.status(), e.error())
        : failure.toString();
  }

  static String describe(int status, @Nullable ErrorCause error) {
    return error == null
        ? "status " + status
        : "status %d, %s: %s".formatted(status, error.type(), error.reason());
  }

  private static int status(Throwable failure) {
    return switch (failure) {
      case ElasticsearchException e -> e.status();
      case TransportException e -> e.statusCode();
      default -> 0;
    };
  }

  private static boolean isTimeout(Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof TimeoutException || cause instanceof InterruptedIOException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
