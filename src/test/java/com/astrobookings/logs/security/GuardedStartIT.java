package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.astrobookings.logs.local.TestElasticsearch;
import com.astrobookings.logs.paging.Service;
import com.astrobookings.logs.web.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

/** The service, as it is, on an address that other machines reach. */
@ExtendWith(OutputCaptureExtension.class)
class GuardedStartIT {

  @Test
  void doesNotStartOpenToEverybody(CapturedOutput output) {
    assertThatThrownBy(() -> start(List.of()).close()).isInstanceOf(UnsafeStartException.class);

    assertThat(output)
        .contains(
            "APPLICATION FAILED TO START",
            "other machines reach the service",
            "Make an API key with make-key",
            "server.address=127.0.0.1")
        .doesNotContain("Netty started");
  }

  @Test
  void doesNotStartUnencrypted(CapturedOutput output) {
    assertThatThrownBy(() -> start(keys()).close()).isInstanceOf(UnsafeStartException.class);

    assertThat(output)
        .contains(
            "APPLICATION FAILED TO START",
            "unencrypted",
            "Configure server.ssl",
            "logs.security.tls=upstream")
        .doesNotContain("Netty started");
  }

  @Test
  void servesBehindAProxyThatEncrypts() throws Exception {
    try (ConfigurableApplicationContext service = start(keys(), "logs.security.tls=upstream");
        HttpClient http = HttpClient.newHttpClient()) {
      assertServes(http, "http://localhost:" + port(service));
    }
  }

  @Test
  void servesEncrypted(@TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.make(folder);
    try (ConfigurableApplicationContext service =
            start(
                keys(),
                "server.ssl.bundle=web",
                "spring.ssl.bundle.pem.web.keystore.certificate=file:"
                    + certificate.certificateFile(),
                "spring.ssl.bundle.pem.web.keystore.private-key=file:" + certificate.keyFile());
        HttpClient http = HttpClient.newBuilder().sslContext(certificate.trust()).build()) {
      assertServes(http, "https://localhost:" + port(service));
      assertThatThrownBy(() -> get(http, "http://localhost:" + port(service), "/", ""))
          .as("unencrypted")
          .isInstanceOf(IOException.class);
    }
  }

  private static void assertServes(HttpClient http, String service) throws Exception {
    assertThat(get(http, service, "/actuator/health/readiness", "").statusCode()).isEqualTo(200);
    assertThat(get(http, service, "/api/v1/logs", "").statusCode()).isEqualTo(401);
    String reader = TestKeys.of(Scope.READ);
    assertThat(get(http, service, "/api/v1/logs", reader).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> get(HttpClient http, String service, String path, String key)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service + path));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String port(ConfigurableApplicationContext service) {
    return service.getEnvironment().getRequiredProperty("local.server.port");
  }

  private static List<String> keys() {
    return TestKeys.properties().entrySet().stream()
        .map(property -> property.getKey() + "=" + property.getValue())
        .toList();
  }

  private static ConfigurableApplicationContext start(List<String> some, String... more) {
    List<String> properties = new ArrayList<>(some);
    properties.addAll(Arrays.asList(more));
    properties.add("server.address=0.0.0.0");
    properties.add("server.port=0");
    properties.add("spring.elasticsearch.uris=" + TestElasticsearch.uri());
    return new SpringApplicationBuilder(
            ClassUtils.resolveClassName("com.astrobookings.logs.LogsApplication", null))
        .initializers(Service::keepThreadsApart)
        .run(properties.stream().map(property -> "--" + property).toArray(String[]::new));
  }
}
