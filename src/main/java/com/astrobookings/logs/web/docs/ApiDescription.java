package com.astrobookings.logs.web.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the OpenAPI document, the file {@code openapi.yaml}: as JSON, into which it is converted
 * when it is first requested, and as it is.
 */
@RestController
final class ApiDescription {

  private static final Resource FILE = new ClassPathResource("openapi.yaml");

  private final Mono<byte[]> json =
      Mono.fromSupplier(ApiDescription::toJson).subscribeOn(Schedulers.boundedElastic()).cache();

  @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<byte[]> json() {
    return json;
  }

  @GetMapping(path = "/v3/api-docs.yaml", produces = MediaType.APPLICATION_YAML_VALUE)
  Resource yaml() {
    return FILE;
  }

  private static byte[] toJson() {
    try (InputStream file = FILE.getInputStream()) {
      Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
      return new JsonMapper().writeValueAsBytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
