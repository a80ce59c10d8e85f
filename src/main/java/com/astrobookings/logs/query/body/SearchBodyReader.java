package com.astrobookings.logs.query.body;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.body.BodyReader;
import com.astrobookings.logs.web.body.MemoryBudget;
import com.astrobookings.logs.web.parameter.Parameters;
import java.time.Duration;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Reads parameters from the bodies of requests, for values that must not be in URLs. All bodies
 * under way share one memory budget; bodies of events have another one.
 */
@Component
public final class SearchBodyReader {

  private static final int MAX_BYTES = 64 * 1024;

  private static final int MEMORY = 64 * MAX_BYTES;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final MemoryBudget budget = new MemoryBudget(MEMORY);
  private final BodyReader bodies = new BodyReader(MAX_BYTES, TIMEOUT);

  /**
   * Reads the parameters in the body; there must be none in the URL.
   *
   * @return fails with {@link ProblemException} if the body is not a JSON object, is too large or
   *     finds no memory
   */
  public Mono<Parameters> read(ServerHttpRequest request) {
    return Mono.using(
            budget::share,
            share -> {
              new Parameters(request.getQueryParams()).finish("Nothing was read");
              return bodies.read(request, share).map(SearchBody::read);
            })
        .onErrorMap(ProblemException.class, SearchBodyReader::tooLarge);
  }

  private static ProblemException tooLarge(ProblemException refusal) {
    return refusal.problem().type() == ProblemType.TOO_LARGE
        ? new ProblemException(
            ProblemType.TOO_LARGE, "A search body has at most %,d bytes.".formatted(MAX_BYTES))
        : refusal;
  }
}
