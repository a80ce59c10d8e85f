package com.astrobookings.logs.query;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.text.Names;
import com.astrobookings.logs.event.value.FieldCodecs;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.ContextRequest;
import com.astrobookings.logs.store.EventQuery.Order;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.memory.ReadMemory;
import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.Scope;
import com.astrobookings.logs.web.UnavailabilityLog;
import com.astrobookings.logs.web.parameter.Parameters;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads the events around one. */
@RestController
@RequestMapping(path = "/api/v1/logs/{id}/context", produces = MediaType.APPLICATION_JSON_VALUE)
final class ContextController {

  /** The path of the list relative to that of a context. */
  private static final String LIST = "../../logs";

  private final EventStore store;
  private final Clock clock;
  private final Supplier<String> preference;
  private final ReadMemory memory;
  private final UnavailabilityLog unavailability;

  ContextController(
      EventStore store,
      Clock clock,
      ShardPreference preference,
      ReadMemory memory,
      UnavailabilityLog unavailableReads) {
    this.store = store;
    this.clock = clock;
    this.preference = preference;
    this.memory = memory;
    this.unavailability = unavailableReads;
  }

  /**
   * Reads an event as it is now, also before searches see it, and the events around it. The event
   * is shown even if it does not match what the others have to match.
   */
  @GetMapping
  Mono<Void> context(@PathVariable String id, ServerWebExchange exchange) {
    MultiValueMap<String, String> parameters = exchange.getRequest().getQueryParams();
    Caller caller = Caller.of(exchange);
    return Mono.using(
        () -> memory.share(caller.name()),
        share -> {
          ContextParameters request =
              ContextParameters.read(new Parameters(parameters), clock.instant());
          PersonalData.check(request.query(), caller);
          return find(id, request, share)
              .flatMap(event -> around(event, request, share, caller.may(Scope.PII)))
              .flatMap(page -> {
                link(exchange.getResponse().getHeaders(), parameters, request, page);
                return page.send(exchange.getResponse());
              });
        });
  }

  private Mono<StoredEvent> find(String id, ContextParameters request, ReadMemory.Share share) {
    return (FieldCodecs.isId(id)
            ? store.find(id, request.month(), share).doOnSuccess(done -> unavailability.taken())
            : Mono.<StoredEvent>empty())
        .switchIfEmpty(Mono.error(ContextParameters::notFound));
  }

  private Mono<PageResponse> around(
      StoredEvent event, ContextParameters parameters, ReadMemory.Share share, boolean personal) {
    ContextRequest request = parameters.around(event, preference.get());
    return store
        .context(parameters.query(), request, share)
        .doOnNext(context -> unavailability.taken())
        .onErrorMap(
            InvalidValueException.class,
            failure -> QueryParameters.unevaluable(parameters.query(), failure))
        .map(context -> parameters.response(event, context, request, personal));
  }

  /** Adds links to the pages of the list that go on at both ends. */
  private static void link(
      HttpHeaders headers,
      MultiValueMap<String, String> parameters,
      ContextParameters request,
      PageResponse page) {
    Order order = request.query().order();
    if (page.previous() != null) {
      headers.add(
          HttpHeaders.LINK,
          PageLink.to("prev", LIST, list(parameters, order.reversed()), page.previous()));
    }
    if (page.next() != null) {
      headers.add(
          HttpHeaders.LINK, PageLink.to("next", LIST, list(parameters, order), page.next()));
    }
  }

  /** Returns the parameters of the list with the same filters. */
  private static MultiValueMap<String, String> list(
      MultiValueMap<String, String> parameters, Order order) {
    MultiValueMap<String, String> list = new LinkedMultiValueMap<>(parameters);
    list.remove(ContextParameters.BEFORE);
    list.remove(ContextParameters.AFTER);
    list.remove(ContextParameters.TIMESTAMP);
    list.set("order", Names.lowerCase(order));
    return list;
  }
}
