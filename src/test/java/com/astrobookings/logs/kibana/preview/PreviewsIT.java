package com.astrobookings.logs.kibana.preview;

import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.panels.EventIndices;
import com.astrobookings.logs.kibana.panels.Period;
import com.astrobookings.logs.kibana.panels.SeededDays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Writes a picture of each dashboard to {@code src/docs/images}, from its file and from what
 * Elasticsearch answers about invented days. It tests nothing and runs on request only:
 *
 * <pre>{@code
 * ./mvnw verify -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dit.test=PreviewsIT -Dkibana.previews=write
 * }</pre>
 */
@EnabledIfSystemProperty(named = "kibana.previews", matches = "write")
class PreviewsIT {

  private static final Instant START = Instant.parse("2031-02-11T00:00:00Z");

  static Iterable<Dashboard> dashboards() {
    return Assets.dashboards();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void write(Dashboard dashboard) throws IOException {
    boolean week = dashboard.body().at("/time_range/from").asString().equals("now-7d");
    Period period = Period.days(START, week ? 7 : 1);
    String name = dashboard.id().replace("astro-", "kibana-") + "-preview.svg";
    try (EventIndices indices = new EventIndices()) {
      indices.add(SeededDays.of(11, period, 6));
      Files.writeString(
          Path.of("src/docs/images", name), new Picture(dashboard, period, indices).draw());
    }
  }
}
