package com.astrobookings.logs.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.astrobookings.logs.paging.Service;
import com.astrobookings.logs.spool.Spool;
import com.astrobookings.logs.testing.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * While Elasticsearch is away, or does not take the events of a month, the service goes on
 * acknowledging events; afterwards each is stored once, without help.
 */
class SpoolingIT {

  private static final Instant MAY = Instant.parse("2020-05-17T10:00:00Z");
  private static final Instant JUNE = Instant.parse("2020-06-17T10:00:00Z");
  private static final int SPOOLED = 600;
  private static final boolean LONG = Boolean.getBoolean("logs.test.long");

  /** What is tried in every build: of each kind one. */
  private static final Set<ReversibleFailureIT.Failure> SHORT =
      Set.of(
          ReversibleFailureIT.Failure.WRITE_BLOCK,
          ReversibleFailureIT.Failure.CLOSED,
          ReversibleFailureIT.Failure.UNASSIGNED_PRIMARY);

  @TempDir Path folder;
  private final Elastic elastic = OwnNode.wiped();
  private ConfigurableApplicationContext context;
  private Spool spool;
  private URI service;

  /** What happens to the node as a whole. */
  enum NodeFailure {
    KILLED {
      @Override
      void begin() {
        OwnNode.node().kill();
      }

      @Override
      void end() {
        OwnNode.node().restart();
      }
    },
    FROZEN {
      @Override
      void begin() {
        signal("STOP");
      }

      @Override
      void end() {
        signal("CONT");
      }
    },
    /** It works for half a second in ten. */
    SLOW {
      @Override
      void begin() {
        PAUSE_CYCLE.begin();
      }

      @Override
      void end() {
        PAUSE_CYCLE.end();
      }
    },
    FLAPPING {
      @Override
      void begin() {
        for (int i = 0; i < 2; i++) {
          OwnNode.node().kill();
          OwnNode.node().restart();
        }
        OwnNode.node().kill();
      }

      @Override
      void end() {
        OwnNode.node().restart();
      }
    };

    abstract void begin();

    abstract void end();

    /** Whether it takes too long for every build. */
    boolean isLong() {
      return this == FLAPPING || this == SLOW;
    }

    private static void signal(String name) {
      try {
        long pid = OwnNode.node().process().pid();
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().onExit().join();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final PauseCycle PAUSE_CYCLE = new PauseCycle();

  /** Lets the node work for half a second in ten. */
  private static final class PauseCycle {

    private CountDownLatch ended = new CountDownLatch(0);
    private Thread thread = new Thread();

    void begin() {
      ended = new CountDownLatch(1);
      thread = Thread.ofPlatform().start(this::run);
    }

    private void run() {
      boolean over = false;
      while (!over) {
        NodeFailure.signal("STOP");
        over = isOverAfter(Duration.ofMillis(9_500));
        NodeFailure.signal("CONT");
        over = over || isOverAfter(Duration.ofMillis(500));
      }
    }

    private boolean isOverAfter(Duration time) {
      try {
        return ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        return true;
      }
    }

    void end() {
      ended.countDown();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @BeforeEach
  void start() throws ClassNotFoundException {
    context =
        new SpringApplicationBuilder(Class.forName("com.astrobookings.logs.LogsApplication"))
            .initializers(Service::keepThreadsApart)
            .run(
                "--server.port=0",
                "--spring.elasticsearch.uris=" + OwnNode.node().uri(),
                "--logs.spool.directory=" + folder.resolve("spool"));
    spool = context.getBean(Spool.class);
    service =
        URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
  }

  @AfterEach
  void stop() throws IOException {
    context.close();
    elastic.close();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLostWhenTheNode(NodeFailure failure) {
    assumeTrue(LONG || !failure.isLong(), "only with -Dlogs.test.long=true");
    String run = "node-" + failure;
    SpoolingLoad load = new SpoolingLoad(service, run, List.of(MAY, JUNE));
    long ended;
    try {
      await().until(() -> load.count("stored") > 200);
      failure.begin();
      await().atMost(Duration.ofMinutes(1)).until(() -> load.count("spooled") > SPOOLED);
      assertThat(readiness()).isEqualTo(200);
      ended = System.nanoTime();
      failure.end();
      load.goOn();
      // The load goes on beside the draining.
      await().atMost(Duration.ofMinutes(2)).until(this::isDrained);
    } finally {
      load.close();
    }
    assertDelivered(load, ended);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLostAndTheOtherMonthGoesOnDuring(ReversibleFailureIT.Failure failure) {
    assumeTrue(LONG || SHORT.contains(failure), "only with -Dlogs.test.long=true");
    // Both months exist; some of the failures delete the first one when they begin.
    for (Instant month : List.of(MAY, JUNE)) {
      HttpResponse<String> answer =
          Http.post(service.resolve("/api/v1/logs"), "application/json", event(failure, month));
      assertThat(answer.statusCode()).isEqualTo(201);
    }
    failure.begin(elastic);
    SpoolingLoad load = new SpoolingLoad(service, "month-" + failure, List.of(MAY, JUNE));
    long ended;
    try {
      await().atMost(Duration.ofMinutes(1)).until(() -> load.count("spooled") > SPOOLED);
      int stored = load.count("stored");
      await().until(() -> load.count("stored") > stored + 100);
      assertThat(spool.state().waiting()).containsOnlyKeys("2020-05");
      ended = System.nanoTime();
    } finally {
      failure.end(elastic);
    }
    await().atMost(Duration.ofMinutes(2)).until(this::isDrained);
    load.close();
    assertDelivered(load, ended);
  }

  private static String event(ReversibleFailureIT.Failure failure, Instant month) {
    return """
    {"type":"ERROR","id":"before-%s","timestamp":"%s","errorCode":"E","errorMessage":"m"}\
    """
        .formatted(failure, month);
  }

  private boolean isDrained() {
    return spool.state().total() == 0;
  }

  private int readiness() {
    return Http.get(service.resolve("/actuator/health/readiness")).statusCode();
  }

  private void assertDelivered(SpoolingLoad load, long ended) {
    await().atMost(Duration.ofMinutes(2)).until(this::isDrained);
    elastic.post("/astrobookings-events-*/_refresh", "");
    load.assertStoredOnce();
    load.assertAnsweredInTime(ended);
    assertThat(spool.state().deadLetters()).isZero();
    assertThat(spool.state().counts().acknowledged()).isEqualTo(spool.state().counts().accepted());
    HttpResponse<String> read = Http.get(service.resolve("/api/v1/logs?limit=1"));
    assertThat(read.headers().firstValue("X-Spool-Depth")).isEmpty();
  }
}
