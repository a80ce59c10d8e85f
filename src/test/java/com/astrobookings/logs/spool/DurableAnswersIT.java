package com.astrobookings.logs.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.testing.ServiceProcess;
import com.astrobookings.logs.testing.Strace;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An event is acknowledged after the fsync that covers it: that of the spool, or that of the
 * translog of Elasticsearch, as strace sees the processes of both.
 */
class DurableAnswersIT {

  private static final int COUNT = 20;
  private static final String SPOOL_FILE = "spool.db-wal";
  private static final String TRANSLOG_FILE = ".tlog";

  /** An answer of the service to an event that it has spooled. */
  private static final String SPOOLED = "HTTP/1.1 202";

  /** An answer of Elasticsearch to a bulk request. */
  private static final String WRITTEN = "errors";

  @TempDir Path folder;
  private TestNode node;

  @BeforeEach
  void start() {
    assumeTrue(Strace.isAvailable(), "strace is not installed, or may not trace");
    node = TestNode.start("durable-answers");
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.close();
    }
  }

  @Test
  void isSpooledAfterTheFsyncOfTheSpool() throws Exception {
    List<Strace.Call> calls = spooling(List.of());

    assertThat(Strace.count(calls, SPOOLED)).isEqualTo(COUNT);
    assertThat(Strace.beforeSync(calls, SPOOL_FILE, SPOOLED)).isEmpty();
  }

  /** The test above would find it. */
  @Test
  void isSpooledTooEarlyWithoutTheFsyncOfTheSpool() throws Exception {
    List<Strace.Call> calls =
        spooling(List.of("--spring.main.sources=" + UnsyncedSpool.class.getName()));

    assertThat(Strace.beforeSync(calls, SPOOL_FILE, SPOOLED)).hasSize(COUNT);
  }

  private List<Strace.Call> spooling(List<String> arguments) throws Exception {
    try (ServiceProcess service = service(arguments)) {
      node.kill();
      assertThat(write(service, "first").statusCode()).isEqualTo(202);
      return traced(
          service.process(),
          i -> assertThat(write(service, "spooled-" + i).statusCode()).isEqualTo(202));
    }
  }

  @Test
  void isStoredAfterTheFsyncOfTheTranslog() throws Exception {
    try (ServiceProcess service = service(List.of())) {
      assertThat(write(service, "first").statusCode()).isEqualTo(201);
      List<Strace.Call> calls =
          traced(
              node.process(),
              i -> assertThat(write(service, "stored-" + i).statusCode()).isEqualTo(201));

      assertThat(Strace.count(calls, WRITTEN)).isEqualTo(COUNT);
      assertThat(Strace.beforeSync(calls, TRANSLOG_FILE, WRITTEN)).isEmpty();
    }
  }

  /** The test above would find it. The service would not write to such an index. */
  @Test
  void isStoredTooEarlyWithoutTheFsyncOfTheTranslog() throws Exception {
    URI bulk = node.uri().resolve("/other/_bulk?filter_path=errors");
    String line = "{\"create\":{}}\n{\"a\":1}\n";
    Http.post(bulk, "application/x-ndjson", line);
    Http.send(
        HttpRequest.newBuilder(node.uri().resolve("/other/_settings"))
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    "{\"index.translog\":{\"durability\":\"async\",\"sync_interval\":\"1h\"}}")));
    List<Strace.Call> calls =
        traced(node.process(), i -> Http.post(bulk, "application/x-ndjson", line));

    assertThat(Strace.beforeSync(calls, TRANSLOG_FILE, WRITTEN)).hasSize(COUNT);
  }

  private ServiceProcess service(List<String> arguments) throws Exception {
    return ServiceProcess.start(
        List.of(),
        Stream.concat(
                Stream.of(
                    "--spring.elasticsearch.uris=" + node.uri(),
                    "--logs.spool.directory=" + folder.resolve("spool")),
                arguments.stream())
            .toList());
  }

  private interface Write {
    void number(int number);
  }

  /** The calls of a process while events are written, one after another. */
  private List<Strace.Call> traced(ProcessHandle process, Write write) throws Exception {
    Path output = folder.resolve("calls");
    Optional<Strace.Trace> trace = Strace.attach(output, process);
    assumeTrue(trace.isPresent(), "strace may not trace other processes");
    try (Strace.Trace _ = trace.orElseThrow()) {
      IntStream.range(0, COUNT).forEach(write::number);
    }
    return Strace.read(output);
  }

  private static HttpResponse<String> write(ServiceProcess service, String id) {
    return Http.post(
        service.uri("/api/v1/logs"),
        "application/json",
        """
        {"type":"ERROR","id":"%s","timestamp":"2024-08-11T10:00:00Z","errorCode":"E","errorMessage":"m"}\
        """
            .formatted(id));
  }
}
