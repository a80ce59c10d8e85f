package com.astrobookings.logs.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.chaos.FaultyEntrance.Defect;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The check of {@link ChaosIT} finds the defects that it is there to find. */
class FaultyEntranceIT {

  private static Stage stage;

  @BeforeAll
  static void start() throws Exception {
    stage = Stage.single();
  }

  @AfterAll
  static void end() throws Exception {
    stage.close();
  }

  @ParameterizedTest
  @EnumSource
  void isFound(Defect defect) throws Exception {
    try (FaultyEntrance entrance = new FaultyEntrance(stage::address, defect)) {
      ChaosRun run =
          new ChaosRun(
              stage,
              Integer.toUnsignedLong(defect.name().hashCode()),
              Pace.NO_FAULTS,
              entrance::uri);

      Verdict verdict = run.strike(List.of());

      List<String> found =
          switch (defect) {
            case ACKNOWLEDGED_BEFORE_WRITTEN, CHANGED -> verdict.lost();
            case SENT_AGAIN_WITH_NEW_IDS -> verdict.unasked();
            case TAIL_POSITION_DROPPED, TAIL_POSITION_REPEATED -> verdict.tail();
          };
      assertThat(found).isNotEmpty();
    }
  }
}
