package com.astrobookings.logs.ingest;

import com.astrobookings.logs.web.body.Body;
import com.astrobookings.logs.web.body.BodyReader;
import com.astrobookings.logs.web.body.MemoryBudget;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Handles {@code POST /api/v1/logs}. */
@RestController
class IngestController {

  private final MemoryBudget budget;
  private final BodyReader reader;
  private final IngestService service;

  IngestController(MemoryBudget budget, BodyReader reader, IngestService service) {
    this.budget = budget;
    this.reader = reader;
    this.service = service;
  }

  @PostMapping(path = "/api/v1/logs", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<ResponseEntity<byte[]>> write(ServerHttpRequest request) {
    WriteParameters parameters = WriteParameters.of(request.getQueryParams());
    BodyFormat format = BodyFormat.of(request.getHeaders());
    return Mono.using(
        budget::share,
        share -> reader.read(request, share).flatMap(body -> ingest(body, format, parameters)));
  }

  private Mono<ResponseEntity<byte[]>> ingest(
      Body body, BodyFormat format, WriteParameters parameters) {
    Mono<IngestResponse> response = service.ingest(body, format, parameters.refresh());
    return (body.length() > IngestService.MAX_EVENT_LOOP_BYTES
            ? response.publishOn(Schedulers.parallel())
            : response)
        .map(ready -> ready.toEntity(parameters.verbose()));
  }
}
