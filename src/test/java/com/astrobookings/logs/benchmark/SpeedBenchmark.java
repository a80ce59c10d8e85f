package com.astrobookings.logs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Compares the service with its own Elasticsearch spoken to directly. Both do the same work on the
 * same machine in turns, and both acknowledge nothing that is not on disk. Run by {@code ./mvnw
 * verify -Pbenchmark}; the report is {@code target/benchmark.md}.
 */
class SpeedBenchmark {

  private static final Path REPORT = Path.of("target", "benchmark.md");

  @Test
  void comparesTheServiceWithElasticsearchAlone() throws Exception {
    List<String> report = new ArrayList<>();
    report.add("| work | under way | service | Elasticsearch alone | ratio |");
    report.add("|---|---|---|---|---|");
    try (RunningJar jar = RunningJar.start();
        HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
      Works works = new Works(jar.service(), jar.elasticsearch());
      prepare(http, works);
      durabilityIsOn(http, jar);
      works.all().forEach(comparison -> report.add(comparison.run(http)));
    }
    report.add("");
    report.add(
        "Throughput, then the time in which 50 and 99 of 100 requests were answered; the ratio is"
            + " the median of five rounds, with the worst and the best. %d processors, Java %s."
                .formatted(Runtime.getRuntime().availableProcessors(), Runtime.version()));
    Files.write(REPORT, report);
    report.forEach(System.out::println);
  }

  private static void prepare(HttpClient http, Works works) throws Exception {
    for (HttpRequest request : works.preparation()) {
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
    }
  }

  private static void durabilityIsOn(HttpClient http, RunningJar jar)
      throws IOException, InterruptedException {
    HttpRequest settings =
        HttpRequest.newBuilder(
                jar.elasticsearch()
                    .resolve("/astrobookings-events-*/_settings/index.translog.durability"))
            .build();
    assertThat(http.send(settings, BodyHandlers.ofString()).body())
        .contains("\"durability\":\"request\"")
        .doesNotContain("async");
  }
}
