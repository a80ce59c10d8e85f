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

/** Takes events: {@code POST /api/v1/logs}. */
@RestController
class IngestController {

  private final MemoryBudget budget;
  private final BodyReader reader;
  private final Ingest ingest;

  IngestController(MemoryBudget budget, BodyReader reader, Ingest ingest) {
    this.budget = budget;
    this.reader = reader;
    this.ingest = ingest;
  }

  @PostMapping(path = "/api/v1/logs", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<ResponseEntity<byte[]>> write(ServerHttpRequest request) {
    WriteOptions options = WriteOptions.of(request.getQueryParams());
    BodyFormat format = BodyFormat.of(request.getHeaders());
    return Mono.using(
        budget::share,
        share -> reader.read(request, share).flatMap(body -> answer(body, format, options)));
  }

  private Mono<ResponseEntity<byte[]>> answer(Body body, BodyFormat format, WriteOptions options) {
    Mono<Receipt> receipt = ingest.take(body, format, options.refresh());
    return (body.length() > Ingest.LARGE ? receipt.publishOn(Schedulers.parallel()) : receipt)
        .map(taken -> Answers.of(taken, options.verbose()));
  }
}
