package com.astrobookings.logs.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.SecuredServer;
import com.astrobookings.logs.security.TestKeys;
import com.astrobookings.logs.web.Scope;
import com.astrobookings.logs.web.docs.ApiClient.Response;
import com.astrobookings.logs.web.docs.OpenApi.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** The scopes of the description against those that a service with credentials requires. */
@SecuredServer
class ScopesTests {

  @LocalServerPort private int port;

  static Stream<Operation> operations() {
    return OpenApi.operations().stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void areRequired(Operation operation) {
    List<String> scopes = scopes(operation);
    assertThat(send(operation, null).status() != 401).isEqualTo(scopes.isEmpty());
    for (Scope scope : Scope.values()) {
      Response response = send(operation, TestKeys.of(scope));
      boolean allowed = scopes.isEmpty() || scopes.contains(scope.text());
      assertThat(response.status() != 403).as("%s with %s", operation, scope).isEqualTo(allowed);
      if (!allowed) {
        assertThat(response.json().path("scope").asString()).isEqualTo(scopes.getFirst());
      }
    }
    scopes.forEach(scope ->
        assertThat(operation.node().path("description").asString()).contains("`" + scope + "`"));
  }

  private static List<String> scopes(Operation operation) {
    JsonNode security = operation.node().path("security");
    if (!security.isEmpty()) {
      assertThat(security.get(1)).as("optional: no credential may be configured").isEmpty();
    }
    return security.findValues("bearer").stream()
        .flatMap(JsonNode::valueStream)
        .map(JsonNode::asString)
        .toList();
  }

  private Response send(Operation operation, @Nullable String key) {
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
    if (key != null) {
      headers.put("Authorization", "Bearer " + key);
    }
    String path = operation.path().replace("{id}", "none").replace("{component}", "ping");
    if (path.endsWith("/tail")) {
      path += "?last=none"; // a stream would not end
    }
    String body =
        operation.method().equals("get") ? null : ApiConformanceTests.example("error").toString();
    return new ApiClient(port)
        .send(operation.method(), path, headers, body)
        .isDescribedBy(operation);
  }

  @Test
  void areShownInProblems() {
    Operation list = OpenApi.operation("listLogs");
    ProblemExamplesTests.check(send(list, null), "unauthenticated");
    ProblemExamplesTests.check(send(list, TestKeys.of(Scope.INGEST)), "forbidden");
    Map<String, String> wrong =
        Map.of("Authorization", "Bearer " + TestKeys.WRONG, "X-Forwarded-For", "198.51.100.99");
    ApiClient client = new ApiClient(port);
    Response response;
    do {
      response = client.send("get", "/api/v1/logs", wrong, null).isDescribedBy(list);
    } while (response.status() == 401);
    ProblemExamplesTests.check(response, "rate-limited");
  }
}
