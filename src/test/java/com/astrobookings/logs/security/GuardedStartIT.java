package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.astrobookings.logs.local.TestElasticsearch;
import com.astrobookings.logs.paging.Service;
import com.astrobookings.logs.security.RouteSamples.Sample;
import com.astrobookings.logs.web.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    try (ConfigurableApplicationContext service =
            start(keys(), "logs.security.tls=upstream", "logs.security.trusted-proxies=127.0.0.1");
        HttpClient http = HttpClient.newHttpClient()) {
      assertServes(http, "http://127.0.0.1:" + port(service));
      assertThat(RouteSamples.running(service)).isEqualTo(RouteSamples.ALL.keySet());
      int client = 0;
      for (Map.Entry<String, Sample> route : RouteSamples.ALL.entrySet()) {
        assertAsksForCredentials(http, port(service), route, "198.51.100." + client++);
      }
    }
  }

  /**
   * A small copy of what {@link RouteMatrixTests} shows, with everything genuine behind the routes.
   *
   * @param client whose wrong credential it is; each may send some
   */
  private static void assertAsksForCredentials(
      HttpClient http, String port, Map.Entry<String, Sample> route, String client)
      throws Exception {
    Sample sample = route.getValue();
    HttpRequest.Builder request =
        sample
            .request(route.getKey().split(" ", 2)[0], "http://127.0.0.1:" + port)
            .header("X-Forwarded-For", client);
    HttpRequest.Builder wrong = request.copy().header("Authorization", bearer(TestKeys.WRONG));
    HttpRequest.Builder right =
        sample.scope() == null
            ? request
            : request.copy().header("Authorization", bearer(TestKeys.of(sample.scope())));

    assertThat(http.send(wrong.build(), BodyHandlers.ofString()).statusCode())
        .as("%s with a wrong key", route.getKey())
        .isEqualTo(401);
    HttpResponse<String> answer = http.send(right.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode())
        .as("%s with the right key: %s", route.getKey(), answer.body())
        .isEqualTo(sample.status());
  }

  private static String bearer(String key) {
    return "Bearer " + key;
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
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> get(http, service, "/actuator/health/readiness", "").statusCode() == 200);
    assertThat(get(http, service, "/api/v1/logs", "").statusCode()).isEqualTo(401);
    String reader = TestKeys.of(Scope.READ);
    assertThat(get(http, service, "/api/v1/logs", reader).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> get(HttpClient http, String service, String path, String key)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service + path));
    if (!key.isEmpty()) {
      request.header("Authorization", bearer(key));
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
