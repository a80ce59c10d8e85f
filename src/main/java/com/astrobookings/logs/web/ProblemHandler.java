package com.astrobookings.logs.web;

import com.astrobookings.logs.event.trace.TraceContext;
import com.astrobookings.logs.store.RedactedException;
import com.astrobookings.logs.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers every failure with a problem (RFC 9457), and logs what operators need to know. Ordered
 * before the framework's own handler; covers all filters and handlers.
 */
@Component
@Order(-2)
final class ProblemHandler implements ErrorWebExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

  private final UnavailabilityLog unavailability;
  private final HttpMetrics metrics;

  ProblemHandler(UnavailabilityLog unavailableReads, HttpMetrics metrics) {
    this.unavailability = unavailableReads;
    this.metrics = metrics;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
    String traceId = TraceId.of(exchange);
    Mono<Void> answer;
    if (exchange.getResponse().isCommitted()) {
      answer = Mono.error(failure);
    } else if (isAnswered(exchange.getResponse())) {
      answer = Mono.empty();
    } else {
      answer = Mono.defer(() -> answer(exchange, failure, traceId));
    }
    return TraceContext.trace(metrics.observe(exchange, answer), traceId);
  }

  /**
   * The server below the framework answers a malformed chunk by itself ({@link RequestHeadCheck}).
   */
  private static boolean isAnswered(ServerHttpResponse response) {
    try {
      return ServerHttpResponseDecorator.getNativeResponse(response)
              instanceof HttpServerResponse server
          && server.hasSentHeaders();
    } catch (IllegalStateException noServer) {
      return false;
    }
  }

  private Mono<Void> answer(ServerWebExchange exchange, Throwable failure, String traceId) {
    Problem problem = Problems.of(failure, exchange.getRequest());
    log(problem, failure, exchange.getRequest());
    return answer(exchange.getResponse(), problem, traceId);
  }

  private void log(Problem problem, Throwable failure, ServerHttpRequest request) {
    if (problem.type() == ProblemType.INTERNAL_ERROR) {
      log.error(
          "{} {} failed", request.getMethod(), request.getPath(), RedactedException.of(failure));
    } else if (failure instanceof StoreUnavailableException) {
      log.debug(
          "{} {} was refused: {}", request.getMethod(), request.getPath(), failure.getMessage());
      unavailability.refused(1, String.valueOf(failure.getMessage()));
    }
  }

  private static Mono<Void> answer(ServerHttpResponse response, Problem problem, String traceId) {
    byte[] body = problem.json(traceId);
    response.setStatusCode(problem.type().status());
    HttpHeaders headers = response.getHeaders();
    headers.clearContentHeaders();
    problem.headers().forEach(headers::set);
    var retryAfter = problem.type().retryAfter();
    if (retryAfter != null) {
      headers.set(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
    }
    headers.set(TraceId.HEADER, traceId);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    headers.setContentLength(body.length);
    headers.setCacheControl(CacheControl.noStore());
    return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
  }
}
