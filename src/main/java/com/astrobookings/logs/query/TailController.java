package com.astrobookings.logs.query;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.query.tail.Tails;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.tail.TailPosition;
import com.astrobookings.logs.store.tail.TailRequest;
import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.parameter.Parameters;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Follows events as they become searchable, by server-sent events. */
@RestController
final class TailController {

  private static final String LAST_EVENT_ID = "Last-Event-ID";

  /** For clients that cannot set headers; browsers repeat it when they send the header as well. */
  private static final String POSITION = "lastEventId";

  private static final Pattern LAST = Pattern.compile("0|[1-9]\\d{0,3}");

  private final Tails tails;
  private final Clock clock;

  TailController(Tails tails, Clock clock) {
    this.tails = tails;
    this.clock = clock;
  }

  /** Its media type is checked here: as a condition of the mapping it would select another one. */
  @GetMapping("/api/v1/logs/tail")
  Mono<Void> tail(ServerWebExchange exchange) {
    return Mono.defer(() -> {
      checkAccepted(exchange.getRequest().getHeaders().getAccept());
      TailRequest request = request(exchange);
      PersonalData.check(request.query(), Caller.of(exchange));
      return tails.follow(
          exchange, request, failure -> QueryParameters.unevaluable(request.query(), failure));
    });
  }

  private static void checkAccepted(List<MediaType> accepted) {
    if (!accepted.isEmpty()
        && accepted.stream().noneMatch(type -> type.includes(MediaType.TEXT_EVENT_STREAM))) {
      throw new NotAcceptableStatusException(List.of(MediaType.TEXT_EVENT_STREAM));
    }
  }

  private TailRequest request(ServerWebExchange exchange) {
    Parameters parameters = new Parameters(exchange.getRequest().getQueryParams());
    QueryParameters shared = QueryParameters.read(parameters);
    if (shared.order() == Order.DESC) {
      parameters.fault("order", "must be asc or absent: a tail has the order of arrival");
    }
    Integer last = parameters.one("last", TailController::last);
    TailPosition stated = parameters.one(POSITION, TailPosition::decode);
    String resumed = exchange.getRequest().getHeaders().getFirst(LAST_EVENT_ID);
    TailPosition position =
        resumed == null || resumed.isEmpty() ? stated : position(resumed, parameters);
    EventQuery query = shared.at(clock.instant(), parameters);
    parameters.finish("Nothing was read");
    return new TailRequest(query, position, Objects.requireNonNullElse(last, 0));
  }

  private static @Nullable TailPosition position(String header, Parameters parameters) {
    return parameters.attempt(LAST_EVENT_ID, () -> TailPosition.decode(header));
  }

  private static Integer last(String text) {
    if (!LAST.matcher(text).matches() || Integer.parseInt(text) > TailRequest.MAX_LAST) {
      throw new InvalidValueException("must be an integer from 0 to " + TailRequest.MAX_LAST);
    }
    return Integer.valueOf(text);
  }
}
