package com.astrobookings.logs.kibana.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.kibana.Assets;
import com.astrobookings.logs.kibana.Dashboard;
import com.astrobookings.logs.kibana.Layer;
import com.astrobookings.logs.kibana.panels.EventIndices;
import com.astrobookings.logs.kibana.panels.PanelAnswer;
import com.astrobookings.logs.kibana.panels.PanelSearch;
import com.astrobookings.logs.kibana.panels.Period;
import com.astrobookings.logs.kibana.panels.SeededDays;
import com.astrobookings.logs.kibana.panels.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PreviewIT {

  private static final Path PICTURE = Path.of("src/docs/images/kibana-overview-preview.svg");
  private static final Path DRAWN = Path.of("target/kibana-overview-preview.svg");
  private static final Period DAY = Period.days(Instant.parse("2031-02-11T00:00:00Z"), 1);

  private final PanelSearch searches = new PanelSearch(DAY);

  @Test
  void thePictureShowsTheOverviewAsItIs() throws IOException {
    Dashboard overview =
        Assets.dashboards().stream()
            .filter(dashboard -> dashboard.id().equals("astro-overview"))
            .findFirst()
            .orElseThrow();
    try (EventIndices indices = new EventIndices()) {
      indices.add(SeededDays.of(11, DAY));
      Files.writeString(
          DRAWN, new Drawing(overview, DAY, layer -> table(indices, layer)).picture());
    }
    assertThat(PICTURE)
        .as("If the dashboard has changed, look at %s and copy it here", DRAWN)
        .hasSameTextualContentAs(DRAWN);
  }

  private Table table(EventIndices indices, Layer layer) {
    return PanelAnswer.read(layer, indices.search(layer.indexPattern(), searches.of(layer)));
  }
}
