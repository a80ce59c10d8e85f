package com.astrobookings.logs.elastic;

import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import org.springframework.boot.elasticsearch.autoconfigure.Rest5ClientBuilderCustomizer;
import org.springframework.stereotype.Component;

/** In tests, a deprecation warning from Elasticsearch is an error. */
@Component
final class FailOnDeprecation implements Rest5ClientBuilderCustomizer {

  @Override
  public void customize(Rest5ClientBuilder builder) {
    builder.setStrictDeprecationMode(true);
  }
}
