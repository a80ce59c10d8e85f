package com.astrobookings.logs.admin;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.spool.DeadLetter;
import com.astrobookings.logs.spool.Spool;
import com.astrobookings.logs.web.Caller;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.Scope;
import com.astrobookings.logs.web.parameter.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Lists the dead letters of this instance, the events of its spool that cannot be stored; sends one
 * again; discards one. Exists if there is a spool.
 */
@RestController
@RequestMapping("/api/v1/admin/dead-letters")
@ConditionalOnBooleanProperty(name = "logs.spool.enabled", matchIfMissing = true)
class DeadLettersController {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;
  private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,3}");

  /** The values of a page; the page may end early for it. */
  private static final long MAX_PAGE_BYTES = 8 << 20;

  /** An id has at most 18 digits, so that it is a number. */
  private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

  private final Spool spool;

  DeadLettersController(Spool spool) {
    this.spool = spool;
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<ResponseEntity<byte[]>> list(ServerWebExchange exchange) {
    Parameters parameters = new Parameters(exchange.getRequest().getQueryParams());
    int limit =
        Objects.requireNonNullElse(
            parameters.one("limit", DeadLettersController::limit), DEFAULT_LIMIT);
    DeadLetterPage.Order order =
        Objects.requireNonNullElse(
            parameters.one("order", DeadLetterPage.Order::parse), DeadLetterPage.Order.ASC);
    Long last = parameters.one("cursor", order::decode);
    parameters.finish("Nothing was read");
    boolean personal = Caller.of(exchange).may(Scope.PII);
    return spool
        .deadLetters(
            last == null ? order.beforeFirst() : last,
            order == DeadLetterPage.Order.ASC,
            limit,
            MAX_PAGE_BYTES)
        .map(letters -> {
          long total = spool.state().deadLetters();
          boolean more = letters.size() == limit || bytes(letters) >= MAX_PAGE_BYTES;
          return answer(new DeadLetterPage(order, total, letters, more), limit, personal);
        });
  }

  private static ResponseEntity<byte[]> answer(DeadLetterPage page, int limit, boolean personal) {
    ResponseEntity.BodyBuilder response =
        ResponseEntity.ok()
            .contentType(MediaType.APPLICATION_JSON)
            .cacheControl(CacheControl.noStore());
    String next = page.next();
    if (next != null) {
      response.header(
          HttpHeaders.LINK,
          "<dead-letters?order=%s&limit=%d&cursor=%s>; rel=\"next\""
              .formatted(page.order().label(), limit, next));
    }
    return response.body(page.json(personal));
  }

  private static long bytes(List<DeadLetter> letters) {
    return letters.stream().mapToLong(letter -> letter.entry().value().length).sum();
  }

  private static Integer limit(String text) {
    if (!LIMIT.matcher(text).matches() || Integer.parseInt(text) > MAX_LIMIT) {
      throw new InvalidValueException("must be an integer from 1 to " + MAX_LIMIT);
    }
    return Integer.valueOf(text);
  }

  /** Makes a dead letter wait in the spool again. */
  @PostMapping(path = "/{id}/resend", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<ResponseEntity<Map<String, String>>> resend(
      @PathVariable String id, ServerWebExchange exchange) {
    new Parameters(exchange.getRequest().getQueryParams()).finish("Nothing was sent");
    return number(id)
        .flatMap(spool::resend)
        .map(resend ->
            switch (resend) {
              case WAITING ->
                  ResponseEntity.status(HttpStatus.ACCEPTED)
                      .cacheControl(CacheControl.noStore())
                      .body(Map.of("id", id, "status", "waiting"));
              case UNKNOWN -> throw unknown();
              case KEY_WAITS ->
                  throw new ProblemException(
                      ProblemType.EVENT_CONFLICT,
                      "An event with the same id waits in the spool. Send the dead letter again"
                          + " when that one is stored, or discard it.");
            });
  }

  /** Deletes a dead letter for good. */
  @DeleteMapping("/{id}")
  Mono<ResponseEntity<Void>> discard(@PathVariable String id, ServerWebExchange exchange) {
    new Parameters(exchange.getRequest().getQueryParams()).finish("Nothing was discarded");
    return number(id)
        .flatMap(spool::discard)
        .map(found -> {
          if (!found) {
            throw unknown();
          }
          return ResponseEntity.noContent().build();
        });
  }

  private static Mono<Long> number(String id) {
    return ID.matcher(id).matches() ? Mono.just(Long.valueOf(id)) : Mono.error(unknown());
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemType.NOT_FOUND,
        "There is no dead letter with this id on this instance. It may have been sent again or"
            + " discarded.");
  }
}
