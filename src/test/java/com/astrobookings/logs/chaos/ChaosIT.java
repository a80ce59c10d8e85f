package com.astrobookings.logs.chaos;

import static com.astrobookings.logs.chaos.Fault.CUT_NETWORK;
import static com.astrobookings.logs.chaos.Fault.FILL_DISK;
import static com.astrobookings.logs.chaos.Fault.FREEZE_NODE;
import static com.astrobookings.logs.chaos.Fault.KILL_BOTH;
import static com.astrobookings.logs.chaos.Fault.KILL_NODE;
import static com.astrobookings.logs.chaos.Fault.KILL_SERVICE;
import static com.astrobookings.logs.chaos.Fault.LOSE_NODES;
import static com.astrobookings.logs.chaos.Fault.OUTAGE;
import static com.astrobookings.logs.chaos.Fault.STEP_CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What was acknowledged is stored once and with its content, whatever is killed, frozen or cut off.
 *
 * <p>{@code -Dchaos.long} runs the long form, {@code -Dchaos.seed} repeats a run.
 */
class ChaosIT {

  /** Ten seconds are promised; the rest is for a machine that is busy with the test itself. */
  private static final Duration MAX_ANSWER = Duration.ofSeconds(12);

  private static final int LONG_TIMEOUT_SECONDS = 5_400;

  private final long seed = Long.getLong("chaos.seed", System.currentTimeMillis() / 1000);

  @Test
  void nothingAcknowledgedIsLostOrDoubled() throws Exception {
    try (Stage stage = Stage.single()) {
      strike(
          stage,
          Pace.SHORT,
          faults(Map.of(KILL_SERVICE, 3, KILL_NODE, 1, CUT_NETWORK, 1, OUTAGE, 1)));
    }
  }

  @Test
  void nothingAcknowledgedIsLostOrDoubledByTheLocalNode() throws Exception {
    try (Stage stage = Stage.local()) {
      strike(stage, Pace.SHORT, List.of(KILL_BOTH));
    }
  }

  @Test
  @Timeout(LONG_TIMEOUT_SECONDS)
  @EnabledIfSystemProperty(named = "chaos.long", matches = ".*")
  void nothingAcknowledgedIsLostOrDoubledInTheLongRun() throws Exception {
    try (Stage stage = Stage.single()) {
      strike(
          stage,
          Pace.LONG,
          faults(
              Map.of(
                  KILL_SERVICE,
                  50,
                  KILL_NODE,
                  20,
                  KILL_BOTH,
                  10,
                  FREEZE_NODE,
                  2,
                  CUT_NETWORK,
                  3,
                  OUTAGE,
                  1,
                  FILL_DISK,
                  2,
                  STEP_CLOCK,
                  3)));
    }
  }

  @Test
  @Timeout(LONG_TIMEOUT_SECONDS)
  @EnabledIfSystemProperty(named = "chaos.long", matches = ".*")
  void nothingAcknowledgedIsLostOrDoubledInACluster() throws Exception {
    try (Stage stage = Stage.cluster()) {
      strike(stage, Pace.LONG, faults(Map.of(LOSE_NODES, 4, KILL_SERVICE, 4)));
    }
  }

  @Test
  @Timeout(LONG_TIMEOUT_SECONDS)
  @EnabledIfSystemProperty(named = "chaos.long", matches = ".*")
  void nothingAcknowledgedIsLostOrDoubledBesideBadClients() throws Exception {
    try (Stage stage = Stage.single();
        BadClients clients = new BadClients(stage::address)) {
      strike(stage, Pace.CROWD, faults(Map.of(KILL_SERVICE, 2, KILL_NODE, 1)), clients);
      assertThat(clients.problems()).isEmpty();
    }
  }

  private void strike(Stage stage, Pace pace, List<Fault> faults, AutoCloseable... beside)
      throws Exception {
    ChaosRun run = new ChaosRun(stage, seed, pace, stage::address);
    Verdict verdict = run.strike(faults, beside);

    assertThat(verdict.violations().stream().limit(20))
        .as("seed %d, %s, all of it in target/chaos", seed, faults)
        .isEmpty();
    assertThat(run.slowest()).as("seed %d", seed).isLessThan(MAX_ANSWER);
  }

  /** Each fault so many times, in the order of the seed. */
  private List<Fault> faults(Map<Fault, Integer> counts) {
    List<Fault> faults = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      faults.addAll(Collections.nCopies(counts.getOrDefault(fault, 0), fault));
    }
    Collections.shuffle(faults, new Random(seed));
    return faults;
  }
}
