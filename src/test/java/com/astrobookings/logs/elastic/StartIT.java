package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.astrobookings.logs.elastic.index.MonthIndex;
import com.astrobookings.logs.paging.Service;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** What the state of Elasticsearch means to the start of the service. */
@ExtendWith(OutputCaptureExtension.class)
class StartIT {

  private static final String INDEX = "astrobookings-events-2016.02";

  @Test
  void preparesTheIndicesThatExistBeforeTheFirstRequest() throws Exception {
    try (Elastic elastic = OwnNode.wiped()) {
      elastic.put("/" + INDEX, "{}");
      try (ConfigurableApplicationContext service = start(elastic.uri())) {
        assertThat(service.isRunning()).isTrue();
      }
      assertThat(elastic.get("/" + INDEX).at("/" + INDEX + "/mappings/_meta/version").intValue())
          .isPositive();
    }
  }

  @Test
  void createsTheIndexOfTheCurrentMonth() throws Exception {
    try (Elastic elastic = OwnNode.wiped()) {
      try (ConfigurableApplicationContext service = start(elastic.uri())) {
        String index = MonthIndex.of(service.getBean(Clock.class).instant()).name();
        JsonNode found = elastic.get("/" + index).path(index);
        assertThat(found.at("/mappings/properties/event/properties/code/type").asString())
            .isEqualTo("keyword");
        assertThat(found.path("aliases").propertyNames()).containsExactly(index + "-write");
      }
    }
  }

  @Test
  void doesNotNeedElasticsearch(CapturedOutput output) throws Exception {
    try (ConfigurableApplicationContext service = start(URI.create("http://127.0.0.1:9"))) {
      assertThat(service.isRunning()).isTrue();
      assertThat(output).contains("Elasticsearch is not ready");
    }
  }

  @Test
  void isRefusedWithAdviceWhenAnIndexCannotTakeTheDeclaredFields(CapturedOutput output)
      throws Exception {
    try (Elastic elastic = OwnNode.wiped()) {
      elastic.put("/" + INDEX, "{\"mappings\":{\"properties\":{\"message\":{\"type\":\"ip\"}}}}");
      Throwable refusal = catchThrowable(() -> start(elastic.uri()).close());
      assertThat(Stream.iterate(refusal, Objects::nonNull, Throwable::getCause))
          .extracting(cause -> cause.getClass().getSimpleName())
          .contains("IncompatibleMappingException");
      assertThat(output)
          .contains("APPLICATION FAILED TO START", INDEX, "[message]", "Nothing was changed");
      assertThat(elastic.get("/" + INDEX).at("/" + INDEX + "/mappings/_meta").isMissingNode())
          .isTrue();
    }
  }

  private static ConfigurableApplicationContext start(URI elasticsearch) throws Exception {
    return new SpringApplicationBuilder(Class.forName("com.astrobookings.logs.LogsApplication"))
        .initializers(Service::keepThreadsApart)
        .run("--server.port=0", "--spring.elasticsearch.uris=" + elasticsearch);
  }
}
