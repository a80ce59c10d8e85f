package com.astrobookings.logs.web;

import com.astrobookings.logs.event.trace.TraceContext;
import com.astrobookings.logs.store.StoreUnavailableException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The room web behind a real port, with endpoints that fail in every way. */
@SpringBootTest(
    classes = WebServer.Rooms.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoint.health.validate-group-membership=false",
      "logging.level.com.astrobookings.logs.web.ProblemHandler=debug"
    })
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface WebServer {

  @EnableAutoConfiguration
  @ComponentScan(
      basePackages = "com.astrobookings.logs.web",
      excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
  @Import(Endpoints.class)
  class Rooms {

    @Bean
    WebFilter failing() {
      return (exchange, chain) ->
          exchange.getRequest().getPath().value().equals("/filtered")
              ? Mono.error(new IllegalStateException("secret of the filter"))
              : chain.filter(exchange);
    }
  }

  @TestComponent
  @RestController
  class Endpoints {

    @GetMapping(path = "/text", produces = MediaType.TEXT_PLAIN_VALUE)
    String text() {
      return "text";
    }

    @PostMapping(path = "/json", consumes = MediaType.APPLICATION_JSON_VALUE)
    String json(@RequestBody String body) {
      return body;
    }

    @GetMapping("/number")
    int number(@RequestParam int value) {
      return value;
    }

    @GetMapping("/defect")
    Mono<String> defect() {
      return Mono.error(new IllegalStateException("secret of the handler"));
    }

    @GetMapping("/logging")
    Mono<String> logging() {
      Logger log = LoggerFactory.getLogger(WebServer.class);
      log.warn("line of the handler");
      return Mono.just("logged")
          .doOnSubscribe(asked -> log.warn("line of the subscribing thread"))
          .publishOn(Schedulers.parallel())
          .delayUntil(text -> TraceContext.run(() -> log.warn("line of a worker")))
          .flatMap(text -> Mono.fromFuture(() -> storeAnswer(text)))
          .delayUntil(text -> TraceContext.run(() -> log.warn("line of a callback")));
    }

    private static CompletableFuture<String> storeAnswer(String text) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      return answer.completeOnTimeout(text, 1, TimeUnit.MILLISECONDS);
    }

    @GetMapping("/broken")
    Mono<Void> broken(ServerHttpResponse response) {
      return response.writeAndFlushWith(
          Flux.concat(
              Mono.just(Mono.just(response.bufferFactory().wrap(new byte[] {'x'}))),
              Mono.error(new IllegalStateException("broken off"))));
    }

    @GetMapping("/never/{id}")
    Mono<String> never(@PathVariable String id) {
      return Mono.never();
    }

    @GetMapping("/unavailable")
    Mono<String> unavailable() {
      return Mono.error(
          new StoreUnavailableException(
              "node-7 said no", new java.io.IOException("Connection reset by peer")));
    }

    @GetMapping("/slow")
    Mono<String> slow() {
      return Mono.error(new StoreUnavailableException("node-7 was slow", null, true));
    }

    @GetMapping("/problem")
    Mono<String> problem() {
      return Mono.error(new ProblemException(ProblemType.INVALID_PARAMETER, "Do this instead."));
    }
  }
}
