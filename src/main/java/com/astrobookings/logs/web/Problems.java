package com.astrobookings.logs.web;

import com.astrobookings.logs.store.RedactedException;
import com.astrobookings.logs.store.StoreUnavailableException;
import com.astrobookings.logs.store.memory.NoRoomException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.netty.channel.AbortedException;

/** Maps failures, of the service and of the framework, to problems. */
public final class Problems {

  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  static Problem of(Throwable failure, ServerHttpRequest request) {
    return switch (failure) {
      case ProblemException e -> e.problem();
      case StoreUnavailableException e -> unavailable(e);
      case NoRoomException e ->
          new Problem(
              ProblemType.OVERLOADED,
              "Other reads use what is set aside for reads. Ask again later, or for fewer events"
                  + " at once.");
      case AbortedException e ->
          new Problem(
              ProblemType.UNREADABLE_BODY, "The connection was closed before the body had ended.");
      case DataBufferLimitException e ->
          new Problem(ProblemType.TOO_LARGE, "The body is larger than this resource takes.");
      case ErrorResponse e -> refused(e, request).withHeaders(single(e.getHeaders()));
      default ->
          new Problem(
              ProblemType.INTERNAL_ERROR,
              "The service has a defect. Tell its operators the traceId; the cause is in the log.");
    };
  }

  /**
   * Returns the problem of a failure after the response has begun, as JSON, and logs it if it is a
   * defect.
   */
  public static byte[] document(Throwable failure, ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    Problem problem = of(failure, request);
    if (problem.type() == ProblemType.INTERNAL_ERROR) {
      log.error(
          "{} {} failed", request.getMethod(), request.getPath(), RedactedException.of(failure));
    }
    return problem.json(TraceId.of(exchange));
  }

  private static Problem unavailable(StoreUnavailableException failure) {
    return failure.timedOut()
        ? new Problem(
            ProblemType.TIMED_OUT,
            "The event store did not answer in time. Ask for less, or try again later.")
        : new Problem(
            ProblemType.UNAVAILABLE, "The event store does not answer now. Try again later.");
  }

  private static Problem refused(ErrorResponse failure, ServerHttpRequest request) {
    String path = request.getPath().value();
    return switch (failure) {
      case MethodNotAllowedException e ->
          new Problem(
              ProblemType.METHOD_NOT_ALLOWED,
              "%s knows %s, not %s.".formatted(path, names(e), e.getHttpMethod()));
      case NotAcceptableStatusException e ->
          new Problem(
              ProblemType.NOT_ACCEPTABLE,
              "The Accept header must allow one of %s."
                  .formatted(types(e.getSupportedMediaTypes())));
      case UnsupportedMediaTypeStatusException e ->
          new Problem(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "The Content-Type header must be one of %s."
                  .formatted(types(e.getSupportedMediaTypes())));
      case MissingRequestValueException e ->
          new Problem(ProblemType.INVALID_PARAMETER, e.getName() + " is required.");
      default -> plain(failure.getStatusCode(), path);
    };
  }

  private static String names(MethodNotAllowedException failure) {
    return failure.getSupportedMethods().stream()
        .map(Object::toString)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String types(List<MediaType> types) {
    return types.stream().map(Object::toString).distinct().collect(Collectors.joining(", "));
  }

  private static Problem plain(HttpStatusCode status, String path) {
    return switch (status.value()) {
      case 404 -> new Problem(ProblemType.NOT_FOUND, "There is nothing at " + path + ".");
      case 413 ->
          new Problem(ProblemType.TOO_LARGE, "The body is larger than this resource takes.");
      case 503 -> new Problem(ProblemType.UNAVAILABLE, "Try again later.");
      default ->
          status.is4xxClientError()
              ? new Problem(
                  ProblemType.BAD_REQUEST, "The request does not fit this resource: " + path + ".")
              : new Problem(
                  ProblemType.INTERNAL_ERROR,
                  "The service has a defect. Tell its operators the traceId.");
    };
  }

  private static Map<String, String> single(HttpHeaders headers) {
    return headers.toSingleValueMap();
  }
}
