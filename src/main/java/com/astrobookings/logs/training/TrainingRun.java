package com.astrobookings.logs.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The command {@code train}: starts the service with a local Elasticsearch in a temporary folder,
 * whatever else is configured, loads it over HTTP for {@link #LOAD_TIME}, and ends. With {@code
 * -XX:AOTCacheOutput} the JVM then writes its cache. Ends with status 1 if a request is wrong; that
 * one is refused, on a busy machine for example, does not matter.
 */
final class TrainingRun implements ApplicationListener<SpringApplicationEvent> {

  private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);
  private static final Duration LOAD_TIME = Duration.ofSeconds(20);
  private static final int CONCURRENCY = 16;
  private static final int BATCH_SIZE = 200;
  private static final String FOLDER = "logs.local.data";

  @Override
  public void onApplicationEvent(SpringApplicationEvent event) {
    if (event.getArgs().length == 0 || !event.getArgs()[0].equals("train")) {
      return;
    }
    if (event instanceof ApplicationEnvironmentPreparedEvent prepared) {
      prepared
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("training", properties()));
    } else if (event instanceof ApplicationReadyEvent ready) {
      run(ready.getApplicationContext());
    }
  }

  private static Map<String, Object> properties() {
    try {
      return Map.of(
          "server.address",
          "127.0.0.1",
          "server.port",
          "0",
          "spring.elasticsearch.uris",
          "",
          FOLDER,
          Files.createTempDirectory("astrobookings-logs-training").toString());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static void run(ConfigurableApplicationContext context) {
    URI logs =
        URI.create(
            "http://127.0.0.1:%s/api/v1/logs"
                .formatted(context.getEnvironment().getProperty("local.server.port")));
    HttpClient client = HttpClient.newHttpClient();
    Flux.range(0, Integer.MAX_VALUE)
        .takeUntilOther(Mono.delay(LOAD_TIME))
        .flatMap(number -> send(client, request(logs, number)), CONCURRENCY)
        .count()
        .subscribe(
            requests -> {
              log.info("Trained with {} requests", requests);
              AotCacheCheck.record();
              end(context, 0);
            },
            failure -> {
              log.error("The training failed", failure);
              end(context, 1);
            });
  }

  private static Mono<Integer> send(HttpClient client, HttpRequest request) {
    return Mono.fromFuture(() -> client.sendAsync(request, BodyHandlers.ofString()))
        .map(answer -> {
          if (answer.statusCode() / 100 == 4 && answer.statusCode() != 429) {
            throw new IllegalStateException(
                request + " was answered " + answer.statusCode() + ": " + answer.body());
          }
          return answer.statusCode();
        });
  }

  private static HttpRequest request(URI logs, int number) {
    return switch (number % 8) {
      case 0 -> post(logs, "application/x-ndjson", batch(number));
      case 1 -> get(URI.create(logs + "?type=AUTH,ERROR&from=now-1h&limit=50"));
      case 2 -> get(URI.create(logs + "?q=Timeout&total=none&order=desc"));
      default -> post(logs, "application/json", event(number));
    };
  }

  private static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }

  private static HttpRequest post(URI uri, String type, String body) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String batch(int number) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < BATCH_SIZE; i++) {
      lines.append(event(number + i)).append('\n');
    }
    return lines.toString();
  }

  private static String event(int number) {
    return switch (number % 8) {
      case 3 ->
          """
          {"type":"ERROR","source":"training","errorCode":"T-%1$d","errorMessage":"Timeout of %1$d",\
          "stackTrace":"java.net.SocketTimeoutException: Timeout\\n\\tat com.example.A.b(A.java:%1$d)"}\
          """
              .formatted(number);
      case 4 ->
          """
          {"type":"NOTIFY","source":"training","jobId":"job-%d","notificationType":"REMINDER",\
          "recipient":"user-%1$d@example.com","status":"SUCCESS"}\
          """
              .formatted(number);
      case 5 ->
          """
          {"type":"RECONCILE","source":"training","process":"CustomerDB","recordsProcessed":%d,\
          "discrepanciesFound":0,"timeTakenSeconds":1.5}\
          """
              .formatted(number);
      default ->
          """
          {"type":"AUTH","source":"training","userId":"user-%d","ipAddress":"192.0.2.%d",\
          "result":"FAIL"}\
          """
              .formatted(number, number % 256);
    };
  }

  /** On a thread of its own: the end of the JVM waits for the threads that load. */
  private static void end(ConfigurableApplicationContext context, int status) {
    String folder = String.valueOf(context.getEnvironment().getProperty(FOLDER));
    Thread.ofPlatform()
        .daemon(false)
        .start(() -> {
          context.close();
          deleted(Path.of(folder));
          System.exit(status);
        });
  }

  private static void deleted(Path folder) {
    try {
      FileSystemUtils.deleteRecursively(folder);
    } catch (IOException inUse) {
      log.warn("The training data in {} could not be deleted", folder, inUse);
    }
  }
}
