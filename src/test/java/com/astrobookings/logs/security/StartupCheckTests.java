package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.mock.env.MockEnvironment;

class StartupCheckTests {

  private static final Map<String, String> KEY =
      Map.of(
          "logs.security.api-keys[0].name", "core-api",
          "logs.security.api-keys[0].hash", "00000000:" + "0".repeat(64),
          "logs.security.api-keys[0].scopes", "logs:read");

  private static final Map<String, String> ISSUER =
      Map.of(
          "logs.security.jwt.issuer", "https://issuer.example",
          "logs.security.jwt.audience", "logs");

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
  void startsWithoutCredentialsOnTheLoopback(String address) {
    assertThatCode(() -> check(Map.of("server.address", address))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::", ""})
  void refusesToStartWithoutCredentialsElsewhere(String address) {
    FailureAnalysis analysis = refused(Map.of("server.address", address));

    assertThat(analysis.getDescription()).contains("server.address", "no credential");
    assertThat(analysis.getAction())
        .contains("make-key", "logs.security.api-keys", "server.address=127.0.0.1");
  }

  @Test
  void refusesToStartWhenNoAddressIsStated() {
    assertThat(refused(Map.of()).getDescription()).contains("server.address");
  }

  @Test
  void refusesToStartWithoutEncryptionElsewhere() {
    for (Map<String, String> credentials : List.of(KEY, ISSUER)) {
      FailureAnalysis analysis = refused(and(credentials, "server.address", "192.0.2.1"));

      assertThat(analysis.getDescription()).contains("unencrypted");
      assertThat(analysis.getAction()).contains("server.ssl", "logs.security.tls=upstream");
    }
  }

  @Test
  void startsWithCredentialsAndEncryption() {
    Map<String, String> elsewhere = and(KEY, "server.address", "192.0.2.1");

    assertThatCode(() -> check(and(elsewhere, "server.ssl.bundle", "web")))
        .doesNotThrowAnyException();
    assertThatCode(() -> check(and(elsewhere, "logs.security.tls", "upstream")))
        .doesNotThrowAnyException();
  }

  @Test
  void isNotDeceivedByEncryptionThatIsSwitchedOff() {
    Map<String, String> elsewhere = and(KEY, "server.address", "192.0.2.1");

    refused(and(and(elsewhere, "server.ssl.bundle", "web"), "server.ssl.enabled", "false"));
  }

  @Test
  void guardsAPortOfTheOperatorsToo() {
    Map<String, String> local = and(KEY, "server.address", "127.0.0.1");

    FailureAnalysis analysis = refused(and(local, "management.server.port", "9000"));

    assertThat(analysis.getAction()).contains("management.server.ssl");
  }

  @Test
  void knowsThatAPortOfTheOperatorsCanBeNone() {
    Map<String, String> local = and(KEY, "server.address", "127.0.0.1");

    assertThatCode(() -> check(and(local, "management.server.port", "-1")))
        .doesNotThrowAnyException();
    assertThatCode(() -> check(and(local, "management.server.port", "8080")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "framework", "NATIVE", ""})
  void letsNobodyBelieveEverybody(String strategy) {
    Map<String, String> local = Map.of("server.address", "127.0.0.1");

    FailureAnalysis analysis = refused(and(local, "server.forward-headers-strategy", strategy));

    assertThat(analysis.getDescription()).contains("server.forward-headers-strategy", "forge");
    assertThat(analysis.getAction()).contains("logs.security.trusted-proxies");
    assertThatCode(() -> check(and(local, "server.forward-headers-strategy", "none")))
        .doesNotThrowAnyException();
  }

  @Test
  void saysWhatIsWrongWithAKeyOrAnIssuer() {
    assertThatCode(() -> check(and(KEY, "logs.security.api-keys[0].scopes", "logs:reed")))
        .rootCause()
        .hasMessage(
            "logs:reed is not a scope; the scopes are logs:ingest, logs:read, logs:export,"
                + " logs:pii, logs:metrics, logs:admin");
    assertThatCode(() -> check(Map.of("logs.security.jwt.issuer", "https://issuer.example")))
        .rootCause()
        .hasMessageContaining("belong together");
  }

  private static Map<String, String> and(Map<String, String> some, String name, String value) {
    Map<String, String> all = new TreeMap<>(some);
    all.put(name, value);
    return all;
  }

  private static FailureAnalysis refused(Map<String, String> properties) {
    UnsafeStartException refusal =
        catchThrowableOfType(UnsafeStartException.class, () -> check(properties));
    assertThat(refusal).as("refusal of %s", properties).isNotNull();
    return new UnsafeStartFailureAnalyzer().analyze(refusal);
  }

  private static void check(Map<String, String> properties) {
    MockEnvironment environment = new MockEnvironment();
    properties.forEach(environment::setProperty);
    StartupCheck.check(environment);
  }
}
