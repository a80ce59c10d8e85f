package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The grid: 48 columns, nothing overlaps, no holes, the same heights side by side. */
class DashboardLayoutTests {

  private record Box(String id, int x, int y, int w, int h) {

    static Box of(Panel panel) {
      return new Box(
          panel.id(), panel.grid("x"), panel.grid("y"), panel.grid("w"), panel.grid("h"));
    }

    boolean besides(Box other) {
      return x >= other.x + other.w || other.x >= x + w;
    }

    boolean overlaps(Box other) {
      return !besides(other) && y < other.y + other.h && other.y < y + h;
    }

    boolean standsOn(Box other) {
      return !besides(other) && y == other.y + other.h;
    }
  }

  static List<Dashboard> dashboards() {
    return Assets.dashboards();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsStayWithinTheGrid(Dashboard dashboard) {
    assertThat(dashboard.panels().stream().map(Box::of))
        .allMatch(box -> box.x >= 0 && box.y >= 0 && box.w >= 1 && box.h >= 1)
        .allMatch(box -> box.x + box.w <= 48);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsDoNotOverlap(Dashboard dashboard) {
    for (Box box : boxes(dashboard)) {
      assertThat(boxes(dashboard)).filteredOn(other -> box.overlaps(other)).containsExactly(box);
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void thereAreNoHolesBetweenRows(Dashboard dashboard) {
    for (Box box : boxes(dashboard)) {
      assertThat(box.y == 0 || boxes(dashboard).stream().anyMatch(box::standsOn))
          .as(box.id)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyRowIsFullAndOfOneHeight(Dashboard dashboard) {
    for (Box box : boxes(dashboard)) {
      List<Box> row = boxes(dashboard).stream().filter(other -> other.y == box.y).toList();
      assertThat(row).extracting(Box::h).containsOnly(box.h);
      assertThat(row.stream().mapToInt(Box::w).sum()).isEqualTo(48);
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void keyFiguresAndATimelineComeFirst(Dashboard dashboard) {
    List<Panel> panels = dashboard.panels();
    List<Panel> figures = panels.stream().filter(panel -> panel.grid("y") == 3).toList();
    assertThat(figures).hasSizeBetween(4, 6).allMatch(panel -> panel.type().equals("metric"));
    Stream<Panel> below = panels.stream().filter(panel -> panel.grid("y") == 9);
    assertThat(below)
        .singleElement()
        .matches(panel -> panel.type().equals("xy") && panel.grid("w") == 48);
  }

  private static List<Box> boxes(Dashboard dashboard) {
    return dashboard.panels().stream().map(Box::of).toList();
  }
}
