package com.astrobookings.logs.benchmark;

import static org.springframework.web.reactive.function.server.RequestPredicates.POST;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.transport.ElasticsearchTransport;
import java.net.URI;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * What the service is compared with, in the same framework and without security or metrics: {@code
 * /naive} stores a document, which it is given as such, by one request to Elasticsearch; {@code
 * /bare} reads the body and gives an answer of the size that the service gives.
 */
@EnableAutoConfiguration
class ComparedServices {

  static final String INDEX = "astrobookings-events-2024.05";

  private static final ParameterizedTypeReference<Map<String, Object>> DOCUMENT =
      new ParameterizedTypeReference<>() {};

  public static void main(String[] args) {
    SpringApplication.run(ComparedServices.class, args);
  }

  @Bean
  RouterFunction<ServerResponse> naive(ElasticsearchTransport transport) {
    ElasticsearchAsyncClient client = new ElasticsearchAsyncClient(transport);
    return route(
        POST("/naive"),
        request -> request.bodyToMono(DOCUMENT).flatMap(document -> store(client, document)));
  }

  private static Mono<ServerResponse> store(
      ElasticsearchAsyncClient client, Map<String, Object> document) {
    String id = (String) ((Map<?, ?>) document.get("event")).get("id");
    return Mono.fromFuture(() -> client.create(c -> c.index(INDEX).id(id).document(document)))
        .flatMap(stored ->
            created(stored.id()).bodyValue(Map.of("id", stored.id(), "result", stored.result())));
  }

  @Bean
  RouterFunction<ServerResponse> bare(@Value("${answer}") String answer) {
    return route(POST("/bare"), request -> body(request).then(created("1").bodyValue(answer)));
  }

  private static Mono<byte[]> body(ServerRequest request) {
    return request.bodyToMono(byte[].class);
  }

  private static ServerResponse.BodyBuilder created(String id) {
    return ServerResponse.created(URI.create("/" + id)).contentType(MediaType.APPLICATION_JSON);
  }
}
