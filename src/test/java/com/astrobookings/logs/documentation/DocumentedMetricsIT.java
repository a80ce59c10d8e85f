package com.astrobookings.logs.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.OnElasticsearch;
import com.astrobookings.logs.testing.Http;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Compares the table of metrics in operations.md with the meters of a running service. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@OnElasticsearch
class DocumentedMetricsIT {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(logs\\.[a-z.]+)` \\| (\\w+) \\| ([^|]*) \\|");

  private static final Pattern CODE = Pattern.compile("`([a-z]+)`");

  /** What is known of a metric: its kind and the names of its tags. */
  private record Known(String kind, SortedSet<String> tags) {}

  @Autowired private MeterRegistry registry;
  @LocalServerPort private int port;

  @Test
  void theTableHasEveryMetricWithItsTags() {
    // Timers of Elasticsearch come into being with the first request to it.
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/logs?limit=1");
    assertThat(Http.get(uri).statusCode()).isEqualTo(200);

    assertThat(documented()).isNotEmpty().isEqualTo(registered());
  }

  private static Map<String, Known> documented() {
    Map<String, Known> metrics = new TreeMap<>();
    Matcher row = ROW.matcher(Pages.text(Pages.OPERATIONS));
    while (row.find()) {
      SortedSet<String> tags =
          CODE.matcher(row.group(3))
              .results()
              .map(found -> found.group(1))
              .collect(Collectors.toCollection(TreeSet::new));
      metrics.put(row.group(1), new Known(row.group(2), tags));
    }
    return metrics;
  }

  private Map<String, Known> registered() {
    Map<String, Known> metrics = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      if (meter.getId().getName().startsWith("logs.")) {
        metrics.put(
            meter.getId().getName(),
            new Known(
                meter.getId().getType().name().toLowerCase(Locale.ROOT),
                meter.getId().getTags().stream()
                    .map(Tag::getKey)
                    .collect(Collectors.toCollection(TreeSet::new))));
      }
    }
    return metrics;
  }
}
