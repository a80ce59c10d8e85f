package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code logging.structured.format.console=ecs} makes of a line, as we have configured it. */
class StructuredLogTests {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @Test
  void aLineNamesServiceLevelAndTraceAsElasticDoes() throws Exception {
    JsonNode line = encoded("forged\n2026-01-01 ERROR");

    assertThat(line.path("trace.id").asString()).isEqualTo(TRACE);
    assertThat(line.has("traceId")).isFalse();
    assertThat(line.at("/log/level").asString()).isEqualTo("WARN");
    assertThat(line.at("/service/name").asString()).isEqualTo("astrobookings-logs");
    assertThat(line.at("/ecs/version").asString()).isNotEmpty();
    assertThat(line.path("@timestamp").asString()).isNotEmpty();
    assertThat(line.at("/source/ip").asString()).isEqualTo("192.0.2.7");
    assertThat(line.path("message").asString()).isEqualTo("forged\n2026-01-01 ERROR");
  }

  private static JsonNode encoded(String message) throws IOException {
    LoggerContext context = new LoggerContext();
    context.putObject(Environment.class.getName(), configured());
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setContext(context);
    encoder.setFormat("ecs");
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    LoggingEvent event =
        new LoggingEvent("", context.getLogger("any"), Level.WARN, message, null, null);
    event.setMDCPropertyMap(Map.of("traceId", TRACE));
    event.addKeyValuePair(new KeyValuePair("source.ip", "192.0.2.7"));
    String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
    assertThat(line.strip().lines()).hasSize(1);
    return JsonMapper.shared().readTree(line);
  }

  private static Environment configured() throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    new YamlPropertySourceLoader()
        .load("ours", new ClassPathResource("application.yaml"))
        .forEach(environment.getPropertySources()::addLast);
    return environment;
  }
}
