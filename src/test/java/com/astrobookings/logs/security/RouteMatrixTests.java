package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.RouteSamples.Sample;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every route of the running application with every kind of credential. */
@SecuredServer
class RouteMatrixTests {

  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> OTHER_METHODS =
      List.of("OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "FOO", "get");

  /** Of whom each sends one request, because refused credentials are counted. */
  private static final AtomicInteger clients = new AtomicInteger();

  private final HttpClient http = HttpClient.newHttpClient();

  @Autowired private ApplicationContext application;
  @LocalServerPort private int port;

  @Test
  void everyRouteIsInTheTable() {
    assertThat(RouteSamples.running(application)).isEqualTo(RouteSamples.ALL.keySet());
  }

  @TestFactory
  Stream<DynamicTest> everyCredentialReachesExactlyAsFarAsItsScopes() {
    return RouteSamples.ALL.entrySet().stream()
        .flatMap(route ->
            CredentialKind.all().entrySet().stream()
                .map(credential ->
                    DynamicTest.dynamicTest(
                        route.getKey() + " with " + credential.getKey(),
                        () -> check(route.getKey(), route.getValue(), credential.getValue()))));
  }

  @TestFactory
  Stream<DynamicTest> otherMethodsAreAnsweredWithThoseThatThePathKnows() {
    return RouteSamples.ALL.values().stream()
        .map(Sample::withoutQuery)
        .distinct()
        .flatMap(path ->
            CredentialKind.all().entrySet().stream()
                .map(credential ->
                    DynamicTest.dynamicTest(
                        path + " with " + credential.getKey(),
                        () -> checkOtherMethods(path, credential.getValue()))));
  }

  private void checkOtherMethods(String path, CredentialKind credential) throws Exception {
    for (String method : OTHER_METHODS) {
      if (!method.equals("OPTIONS") && allowed(path).contains(method)) {
        continue;
      }
      Sample sample = new Sample(path, null, method.equals("OPTIONS") ? 204 : 405);
      boolean open = credential.scopes() != null || method.equals("OPTIONS");
      HttpResponse<String> answer = send(method, sample, credential);

      assertThat(answer.statusCode())
          .as(method)
          .isEqualTo(open && !credential.challenged() ? sample.status() : 401);
      if (answer.statusCode() == 401) {
        problem(answer, "unauthenticated");
      } else {
        assertThat(answer.headers().allValues("Allow")).containsExactly(allowed(path));
      }
      if (answer.statusCode() == 405) {
        assertThat(problem(answer, "method-not-allowed").path("detail").asString())
            .contains(method);
      }
    }
  }

  private static String allowed(String path) {
    Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
    RouteSamples.ALL.forEach((route, sample) -> {
      if (sample.withoutQuery().equals(path)) {
        methods.add(route.substring(0, route.indexOf(' ')));
      }
    });
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(",", methods);
  }

  private void check(String route, Sample sample, CredentialKind credential) throws Exception {
    String method = route.substring(0, route.indexOf(' '));
    HttpResponse<String> answer = send(method, sample, credential);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected(sample, credential));
    if (method.equals("GET")) {
      HttpResponse<String> head = send("HEAD", sample, credential);
      assertThat(head.statusCode()).as("HEAD").isEqualTo(answer.statusCode());
      assertThat(head.body()).isEmpty();
    }
    assertThat(answer.headers().firstValue("X-Trace-Id")).isPresent();
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    if (answer.statusCode() == 401) {
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .containsExactly(
              "Bearer realm=\"astrobookings-logs\""
                  + (credential.challenged() ? ", error=\"invalid_token\"" : ""));
      problem(answer, "unauthenticated");
    }
    if (answer.statusCode() == 403) {
      String scope = sample.scope().text();
      assertThat(answer.headers().allValues("WWW-Authenticate"))
          .containsExactly("Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
      JsonNode problem = problem(answer, "forbidden");
      assertThat(problem.path("scope").asString()).isEqualTo(scope);
      assertThat(problem.path("detail").asString()).contains(scope);
    }
  }

  private static int expected(Sample sample, CredentialKind credential) {
    if (credential.scopes() == null && (credential.challenged() || sample.scope() != null)) {
      return 401;
    }
    boolean allowed = sample.scope() == null || credential.scopes().contains(sample.scope());
    return allowed ? sample.status() : 403;
  }

  private static JsonNode problem(HttpResponse<String> answer, String type) {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.path("type").asString()).isEqualTo("urn:astrobookings:logs:problem:" + type);
    assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
    return problem;
  }

  private HttpResponse<String> send(String method, Sample sample, CredentialKind credential)
      throws Exception {
    int client = clients.incrementAndGet();
    List<String> headers =
        new ArrayList<>(
            List.of("X-Forwarded-For", "198.18.%d.%d".formatted(client / 256, client % 256)));
    if (credential.authorization() != null) {
      headers.addAll(List.of("Authorization", credential.authorization()));
    }
    return http.send(
        sample
            .request(method, "http://127.0.0.1:" + port)
            .headers(headers.toArray(String[]::new))
            .build(),
        BodyHandlers.ofString());
  }
}
