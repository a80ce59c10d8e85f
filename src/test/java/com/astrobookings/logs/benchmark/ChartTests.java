package com.astrobookings.logs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ChartTests {

  /** With {@code -Dbenchmark.chart} the image is drawn anew. */
  @Test
  void theImageShowsTheTableOfThePage() throws IOException {
    String chart = Chart.of(Files.readString(Chart.PAGE));
    if (System.getProperty("benchmark.chart") != null) {
      Files.writeString(Chart.FILE, chart);
    }

    assertThat(Files.readString(Chart.FILE)).isEqualTo(chart);
  }
}
