package com.astrobookings.logs.ingest;

import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.web.body.Body;
import com.astrobookings.logs.web.body.BodyReader;
import com.astrobookings.logs.web.body.MemoryBudget;
import java.util.concurrent.Executor;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/** Handles {@code POST /api/v1/logs}. */
@RestController
class IngestController {

  private final MemoryBudget budget;
  private final BodyReader reader;
  private final AdmissionControl admission;
  private final IngestService service;

  IngestController(
      MemoryBudget budget, BodyReader reader, AdmissionControl admission, IngestService service) {
    this.budget = budget;
    this.reader = reader;
    this.admission = admission;
    this.service = service;
  }

  @PostMapping(path = "/api/v1/logs", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<Void> write(ServerHttpRequest request, ServerHttpResponse response) {
    WriteParameters parameters = WriteParameters.of(request.getQueryParams());
    BodyFormat format = BodyFormat.of(request.getHeaders());
    admission.check();
    return Mono.using(
            budget::share,
            share ->
                reader
                    .read(request, share)
                    .flatMap(body -> ingest(request, body, format, parameters)))
        .flatMap(result -> result.writeTo(response, parameters.verbose()));
  }

  private Mono<IngestResponse> ingest(
      ServerHttpRequest request, Body body, BodyFormat format, WriteParameters parameters) {
    return admission.admit(
        body.length(),
        parameters.refresh() == RefreshPolicy.NONE,
        service.ingest(body, format, parameters.refresh(), eventLoop(request)));
  }

  /** Returns the event loop of the connection; the calling thread where there is none. */
  private static Executor eventLoop(ServerHttpRequest request) {
    return ServerHttpRequestDecorator.getNativeRequest(request) instanceof Connection connection
        ? connection.channel().eventLoop()
        : Runnable::run;
  }
}
