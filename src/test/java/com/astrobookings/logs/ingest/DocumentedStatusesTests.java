package com.astrobookings.logs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.documentation.Pages;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Compares the table of statuses in the README with the statuses that an event can get. */
class DocumentedStatusesTests {

  @Test
  void areAllOfThem() {
    assertThat(Pages.rows("README.md", "| status | the event | what to do |"))
        .extracting(row -> row.substring(3, row.indexOf('`', 3)))
        .containsExactlyElementsOf(
            Arrays.stream(ItemStatus.values()).map(ItemStatus::label).toList());
  }
}
