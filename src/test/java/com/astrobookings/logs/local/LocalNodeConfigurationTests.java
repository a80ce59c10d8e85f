package com.astrobookings.logs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class LocalNodeConfigurationTests {
  private final ApplicationContextRunner contexts =
      new ApplicationContextRunner().withUserConfiguration(Probe.class);

  @Test
  void startsANodeWhenNothingIsConfigured() {
    contexts.run(context -> assertThat(context).hasBean("nodeWouldStart"));
  }

  @Test
  void startsANodeWhenTheAddressIsEmpty() {
    contexts
        .withPropertyValues("spring.elasticsearch.uris=")
        .run(context -> assertThat(context).hasBean("nodeWouldStart"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"spring.elasticsearch.uris", "spring.elasticsearch.uris[0]"})
  void startsNoneWhenAnAddressIsSet(String property) {
    contexts
        .withPropertyValues(property + "=http://elsewhere:9200")
        .run(context -> assertThat(context).doesNotHaveBean("nodeWouldStart"));
  }

  @Test
  void startsNoneWhenTheEnvironmentNamesAnAddress() {
    contexts
        .withInitializer(context ->
            context
                .getEnvironment()
                .getPropertySources()
                .addFirst(
                    new SystemEnvironmentPropertySource(
                        "test-systemEnvironment",
                        Map.of("SPRING_ELASTICSEARCH_URIS", "http://elsewhere:9200"))))
        .run(context -> assertThat(context).doesNotHaveBean("nodeWouldStart"));
  }

  @Test
  void hasDefaults() {
    contexts.run(context ->
        assertThat(context.getBean(LocalNodeProperties.class))
            .satisfies(properties -> {
              assertThat(properties.data()).isEqualTo("./data");
              assertThat(properties.heap().toMegabytes()).isEqualTo(512);
              assertThat(properties.startTimeout()).isEqualTo(Duration.ofMinutes(2));
            }));
  }

  @ParameterizedTest
  @ValueSource(strings = {"logs.local.heap=255MB", "logs.local.start-timeout=0s"})
  void refusesValuesThatCannotWork(String value) {
    contexts
        .withPropertyValues(value)
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining("must be"));
  }

  @Test
  void tellsAFailureByProblemAndRemedyAlone(@TempDir Path folder, CapturedOutput output) {
    try (NodeHome taken = NodeHome.open(folder)) {
      assertThatExceptionOfType(Exception.class)
          .isThrownBy(() ->
              new SpringApplicationBuilder(LocalNodeConfiguration.class)
                  .web(WebApplicationType.NONE)
                  .run("--logs.local.data=" + folder));
      assertThat(output)
          .contains(
              "APPLICATION FAILED TO START", "in " + taken.folder() + ".", "Stop that service")
          .doesNotContain("\tat com.astrobookings");
    }
  }

  @EnableConfigurationProperties(LocalNodeProperties.class)
  static class Probe {
    @Bean
    @Conditional(NoElasticsearchConfigured.class)
    String nodeWouldStart() {
      return "yes";
    }
  }
}
