package com.astrobookings.logs.admin;

import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.web.parameter.Parameters;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Says which months the retention drops, and when; drops nothing: {@code GET
 * /api/v1/admin/retention}. With {@code ?retention=24m} it says what that retention would drop.
 */
@RestController
class RetentionController {

  private final RetentionTask task;

  RetentionController(RetentionTask task) {
    this.task = task;
  }

  @GetMapping(path = "/api/v1/admin/retention", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<ResponseEntity<RetentionPlan>> plan(ServerHttpRequest request) {
    Parameters parameters = new Parameters(request.getQueryParams());
    Retention other = parameters.one("retention", RetentionController::parse);
    parameters.finish("No plan was made");
    return (other == null ? task.plan() : task.plan(other))
        .map(plan -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(plan));
  }

  private static Retention parse(String text) {
    try {
      return Retention.parse(text);
    } catch (IllegalArgumentException invalid) {
      throw new InvalidValueException("is not a positive period, such as 24m, 2y or 90d");
    }
  }
}
