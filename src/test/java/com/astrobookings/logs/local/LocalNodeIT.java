package com.astrobookings.logs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/** The life of one node: each test takes it over as the one before has left it. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@ExtendWith(OutputCaptureExtension.class)
class LocalNodeIT {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final Path DATA = Path.of("target", "local-node-it").toAbsolutePath();
  private static final Path FOLDER = DATA.resolve("elasticsearch");
  private static final LocalNodeProperties PROPERTIES =
      new LocalNodeProperties(DATA.toString(), DataSize.ofMegabytes(256), TIMEOUT);

  private LocalNode node;

  @BeforeAll
  void startsAfterAServiceThatWasKilled() throws Exception {
    FileSystemUtils.deleteRecursively(DATA);
    Process service = startService();
    ProcessHandle orphan;
    try (BufferedReader output = service.inputReader()) {
      URI address = address(output);
      Requests.send(address, "PUT", "/scratch/_doc/1", "{\"n\":7}");
      orphan = nodeProcess();
    } finally {
      service.destroyForcibly().waitFor();
    }
    node = LocalNode.start(PROPERTIES, InstantSource.fixed(Instant.EPOCH));
    assertThat(orphan.isAlive()).isFalse();
  }

  @AfterAll
  void close() {
    node.close();
  }

  @Test
  @Order(1)
  void keepsItsDataForTheNextService() throws Exception {
    assertThat(Requests.get(node.address(), "/scratch/_doc/1")).contains("\"n\":7");
  }

  @Test
  @Order(1)
  void answersKqlQueries() throws Exception {
    String found =
        Requests.send(
            node.address(),
            "POST",
            "/scratch/_count",
            "{\"query\":{\"kql\":{\"query\":\"n >= 7 and not n > 8\"}}}");
    assertThat(found).contains("\"count\":1");
  }

  @Test
  @Order(1)
  void isOpenToItsOwnerAlone() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(FOLDER)))
        .isEqualTo("rwx------");
    assertThat(node.address().getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  @Order(1)
  void leavesAnArchiveThatMakesTheNextStartQuick() {
    assertThat(FOLDER.resolve("cache")).isDirectoryContaining("glob:**/node-*.jsa");
  }

  @Test
  @Order(1)
  void belongsToOneServiceAtATime() throws Exception {
    Process second = startService();
    try (BufferedReader output = second.inputReader()) {
      assertThat(output.lines())
          .anyMatch(line ->
              line.contains(
                  "Another service (process "
                      + ProcessHandle.current().pid()
                      + ") already runs the local Elasticsearch in "
                      + FOLDER));
    }
    assertThat(second.waitFor()).isNotZero();
  }

  @Test
  @Order(2)
  void haltsOnAnErrorAndIsStartedAgainOnItsPortWithItsData(CapturedOutput log) throws Exception {
    ProcessHandle first = nodeProcess();
    String query = "(".repeat(20_000) + "n:1" + ")".repeat(20_000);
    try (HttpClient client = HttpClient.newHttpClient()) {
      var _ =
          client.sendAsync(
              Requests.request(
                  node.address(),
                  "POST",
                  "/scratch/_count",
                  "{\"query\":{\"kql\":{\"query\":\"" + query + "\"}}}"),
              BodyHandlers.discarding());
      first.onExit().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      client.shutdownNow();
    }
    awaitAnswer();
    assertThat(Requests.get(node.address(), "/scratch/_doc/1")).contains("\"n\":7");
    assertThat(log).contains("is restarted in", "StackOverflowError");
  }

  @Test
  @Order(3)
  void isRestartedOnItsPortWithItsDataAfterAKill() throws Exception {
    kill();
    awaitAnswer();
    assertThat(Requests.get(node.address(), "/scratch/_doc/1")).contains("\"n\":7");
  }

  @Test
  @Order(4)
  void isNotRestartedAfterThreeEndsInAMinute(CapturedOutput log) throws Exception {
    kill();
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() ->
            assertThat(log)
                .contains("ended 3 times within 60 s", "restart this service", "exit status 137"));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Requests.get(node.address(), "/_cluster/health"));
  }

  private void kill() throws Exception {
    ProcessHandle process = nodeProcess();
    process.destroyForcibly();
    process.onExit().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  private void awaitAnswer() {
    await()
        .atMost(TIMEOUT)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() ->
            Requests.get(node.address(), "/_cluster/health?wait_for_status=yellow")
                .contains("\"timed_out\":false"));
  }

  private static ProcessHandle nodeProcess() throws IOException {
    String pid = Files.readString(FOLDER.resolve("node.pid")).split(" ", 2)[0];
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  private static Process startService() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            LocalNodeHost.class.getName(),
            DATA.toString())
        .redirectErrorStream(true)
        .start();
  }

  private static URI address(BufferedReader output) {
    return output
        .lines()
        .filter(line -> line.startsWith(LocalNodeHost.ADDRESS))
        .map(line -> URI.create(line.substring(LocalNodeHost.ADDRESS.length())))
        .findFirst()
        .orElseThrow();
  }
}
