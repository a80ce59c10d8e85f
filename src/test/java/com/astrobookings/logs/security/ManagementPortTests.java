package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.RawHttp.Answer;
import com.astrobookings.logs.web.Scope;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.ContextConfiguration;

/** A second port, {@code management.server.port}, is guarded like the first. */
class ManagementPortTests {

  @Nested
  @SpringBootTest(
      classes = SecuredServer.Rooms.class,
      webEnvironment = WebEnvironment.RANDOM_PORT,
      properties = {
        "management.endpoint.health.validate-group-membership=false",
        "management.server.port=0",
        "management.server.address=127.0.0.1",
        "logs.security.trusted-proxies=127.0.0.1"
      })
  @ContextConfiguration(initializers = SecuredServer.Credentials.class)
  @ExtendWith(OutputCaptureExtension.class)
  class WithCredentials {

    @LocalManagementPort private int port;

    @ParameterizedTest
    @CsvSource({
      "/actuator/health/liveness, , 200",
      "/actuator/health/readiness, , 200",
      "/actuator/health, ADMIN, 200",
      "/actuator/health/ping, ADMIN, 200",
      "/actuator/info, ADMIN, 200",
      "/actuator/prometheus, METRICS, 200",
      "/actuator/env, ADMIN, 404",
      "/actuator, ADMIN, 404"
    })
    void everyRouteNeedsItsScope(String path, Scope needed, int status) throws Exception {
      assertThat(get(path).status()).isEqualTo(needed == null ? status : 401);
      for (Scope scope : Scope.values()) {
        boolean allowed = needed == null || scope == needed || status == 404;
        assertThat(get(path, bearer(TestKeys.of(scope))).status())
            .as("%s with %s", path, scope)
            .isEqualTo(allowed ? status : 403);
      }
      assertThat(get(path, bearer(TestKeys.EXPIRED)).status()).isEqualTo(401);
    }

    @Test
    void answersAreThoseOfTheFirstPort(CapturedOutput output) throws Exception {
      Answer refused =
          get("/actuator/info", bearer(TestKeys.WRONG), "X-Forwarded-For: 198.51.100.9");

      assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(refused.header("X-Trace-Id")).isNotEmpty();
      assertThat(refused.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(output).contains("A credential from 198.51.100.9 was refused");
      assertThat(get("/actuator/health?\"").text()).contains("problem:bad-request");
      Answer method = RawHttp.send(port, "TRACE /actuator/info HTTP/1.1", "Host: x");
      assertThat(method.status()).isEqualTo(401);
    }

    private Answer get(String path, String... headers) throws Exception {
      return ManagementPortTests.get(port, "logs.example", path, headers);
    }
  }

  @Nested
  @SpringBootTest(
      classes = SecuredServer.Rooms.class,
      webEnvironment = WebEnvironment.RANDOM_PORT,
      properties = {
        "management.endpoint.health.validate-group-membership=false",
        "management.server.port=0",
        "management.server.address=127.0.0.1"
      })
  class WithoutCredentials {

    @LocalManagementPort private int port;

    @Test
    void webPagesAreKeptAway() throws Exception {
      for (String path : List.of("/actuator/health", "/actuator/prometheus")) {
        assertThat(get(port, "localhost", path).status()).isEqualTo(200);
        assertThat(get(port, "evil.example", path).status()).isEqualTo(421);
        assertThat(get(port, "localhost", path, "Origin: https://evil.example").status())
            .isEqualTo(403);
      }
      assertThat(get(port, "localhost", "/actuator/env").status()).isEqualTo(404);
    }
  }

  private static String bearer(String key) {
    return "Authorization: Bearer " + key;
  }

  private static Answer get(int port, String host, String path, String... headers)
      throws Exception {
    String[] all = new String[headers.length + 1];
    all[0] = "Host: " + host;
    System.arraycopy(headers, 0, all, 1, headers.length);
    return RawHttp.send(port, "GET " + path + " HTTP/1.1", all);
  }
}
