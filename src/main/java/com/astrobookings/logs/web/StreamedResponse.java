package com.astrobookings.logs.web;

import com.astrobookings.logs.store.RedactedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/** What the responses need that go on for as long as the client stays. */
public final class StreamedResponse {

  private static final Logger log = LoggerFactory.getLogger(StreamedResponse.class);

  private StreamedResponse() {}

  /**
   * Records the request in the metrics now that its response begins. How long the client stays says
   * nothing about the service, and would hide how long others take.
   */
  public static void begin(ServerWebExchange exchange) {
    HttpMetrics.recordNow(exchange);
  }

  /**
   * Returns the problem of a failure after the response has begun, as JSON, and logs it if it is a
   * defect.
   */
  public static byte[] problem(Throwable failure, ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    Problem problem = Problems.of(failure, request);
    if (problem.type() == ProblemType.INTERNAL_ERROR) {
      log.error(
          "{} {} failed", request.getMethod(), request.getPath(), RedactedException.of(failure));
    }
    return problem.json(TraceId.of(exchange));
  }
}
