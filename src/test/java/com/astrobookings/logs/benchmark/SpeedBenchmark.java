package com.astrobookings.logs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootVersion;

/** Run by {@code ./mvnw verify -Pbenchmark}; {@link Options} says what can be chosen. */
@Timeout(value = 4, unit = TimeUnit.HOURS)
class SpeedBenchmark {

  private static final Path REPORT = Path.of("target", "benchmark.md");

  /** The works that the service does alone. */
  private static final Set<String> ALONE = Set.of("growth", "cold", "tail", "export");

  private final Options options = Options.read();
  private final List<String> report = new ArrayList<>();

  @Test
  void comparesTheServiceWithElasticsearchAlone() throws Exception {
    try (Server service = Server.withNode(options.jvm())) {
      URI elasticsearch = service.elasticsearch();
      Corpus corpus = Corpus.learn(service.uri(), elasticsearch);
      String answer = makeMonths(service, corpus);
      durabilityIsOn(elasticsearch);
      try (Server compared = Server.compared(elasticsearch, answer)) {
        measure(new Sides(service, elasticsearch, service.node(), compared), corpus);
      }
    }
    Files.write(REPORT, report);
  }

  /** Returns the answer to a single event. */
  private static String makeMonths(Server service, Corpus corpus) throws Exception {
    String answer = "";
    for (int month : Works.MONTHS) {
      Bytes event = new Bytes();
      corpus.event(month).write(event, 9_999_999_999L);
      answer =
          Http.post(service.uri().resolve("/api/v1/logs"), "application/json", event.toString());
    }
    return answer;
  }

  private static void durabilityIsOn(URI elasticsearch) throws Exception {
    URI settings =
        elasticsearch.resolve("/astrobookings-events-*/_settings/index.translog.durability");
    assertThat(Http.get(settings)).contains("\"durability\":\"request\"").doesNotContain("async");
  }

  private void measure(Sides sides, Corpus corpus) throws Exception {
    Works works = new Works(sides, corpus);
    add("%s, %s.".formatted(LocalDate.now(ZoneOffset.UTC), machine(sides.elasticsearch())));
    if (options.works().stream().anyMatch(Works.READS::contains)) {
      add("");
      add("On disk an event takes %d bytes.".formatted(works.fill()));
    }
    List<String> contests = options.works().stream().filter(name -> !ALONE.contains(name)).toList();
    if (!contests.isEmpty()) {
      add("");
      Contest.HEAD.forEach(this::add);
    }
    for (String name : contests) {
      works.named(name).run(sides.node(), options).forEach(this::add);
    }
    if (options.works().contains("growth")) {
      add("");
      Growth.HEAD.forEach(this::add);
      Growth.run(works.batch("service", 202408), sides.node(), options.events()).forEach(this::add);
    }
    if (options.works().contains("tail")) {
      add("");
      TailWork.HEAD.forEach(this::add);
      TailWork.run(sides.service(), sides.node()).forEach(this::add);
    }
    if (options.works().contains("export")) {
      add("");
      Exports.HEAD.forEach(this::add);
      works.exports(options.exported()).run(options.rounds()).forEach(this::add);
    }
    if (options.works().contains("cold")) {
      add("");
      ColdStart.HEAD.forEach(this::add);
      add(ColdStart.run("from the jar", options.jvm(), Server.jar(), sides, corpus));
      add(ColdStart.run("with the cache", options.jvm(), Server.trained(), sides, corpus));
    }
    add("");
    add(
        "Peak memory in MiB: service %s, Elasticsearch %s, naive and bare %s."
            .formatted(
                shown(sides.service().usage()),
                shown(sides.node()),
                shown(sides.compared().usage())));
  }

  private void add(String line) {
    report.add(line);
    System.out.println(line);
  }

  private static String shown(Usage usage) {
    return usage.peakMemory().map("%,d"::formatted).orElse("unknown");
  }

  private static String machine(URI elasticsearch) throws Exception {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return "%d processors, %d GiB, %s, JDK %s, Spring Boot %s, Elasticsearch %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            system.getTotalMemorySize() >> 30,
            System.getProperty("os.name"),
            Runtime.version(),
            SpringBootVersion.getVersion(),
            Http.json(elasticsearch.resolve("/_nodes/_local?filter_path=nodes.*.version"))
                .findValue("version")
                .stringValue());
  }
}
