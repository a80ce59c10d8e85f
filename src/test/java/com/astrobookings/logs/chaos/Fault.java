package com.astrobookings.logs.chaos;

import com.astrobookings.logs.local.TestNode;
import com.astrobookings.logs.testing.SmallDisk;
import java.time.Duration;

/** What happens to the service and to Elasticsearch while producers send. */
enum Fault {
  KILL_SERVICE {
    @Override
    void strike(Stage stage, Duration length) throws Exception {
      stage.killService();
      stage.startService();
    }
  },
  KILL_NODE {
    @Override
    void strike(Stage stage, Duration length) throws Exception {
      stage.killNode();
      Stage.last(length);
      stage.startNode();
    }
  },
  KILL_BOTH {
    @Override
    void strike(Stage stage, Duration length) throws Exception {
      stage.killNode();
      stage.killService();
      stage.startService(); // first, so that its start meets no Elasticsearch
      stage.startNode();
    }
  },
  FREEZE_NODE {
    @Override
    void strike(Stage stage, Duration length) throws Exception {
      stage.signalNode("STOP");
      try {
        Stage.last(length.multipliedBy(6));
      } finally {
        stage.signalNode("CONT");
      }
    }
  },
  CUT_NETWORK {
    @Override
    void strike(Stage stage, Duration length) throws Exception {
      stage.cutLinks();
      Stage.last(length.multipliedBy(4));
      stage.healLinks();
    }
  },
  /** Elasticsearch is stopped for long, and the service killed meanwhile. */
  OUTAGE {
    @Override
    void strike(Stage stage, Duration length) throws Exception {
      stage.killNode();
      Stage.last(length.multipliedBy(12));
      stage.killService();
      stage.startService();
      Stage.last(length.multipliedBy(12));
      stage.startNode();
    }
  },
  /** The disk of Elasticsearch has no room for another byte. */
  FILL_DISK {
    @Override
    boolean canStrike(Stage stage) {
      return stage.disk().isPresent();
    }

    @Override
    void strike(Stage stage, Duration length) throws Exception {
      SmallDisk disk = stage.disk().orElseThrow();
      disk.fill();
      Stage.last(length.multipliedBy(2));
      disk.free();
      stage.retryFailedShards();
    }
  },
  /**
   * The clock of the service is two hours fast, then half an hour slow, then right. Only now is it
   * started with a clock that can be set, which takes more processor time than its work.
   */
  STEP_CLOCK {
    @Override
    boolean canStrike(Stage stage) {
      return stage.clock().isPresent();
    }

    @Override
    void strike(Stage stage, Duration length) throws Exception {
      SteppedClock clock = stage.clock().orElseThrow();
      stage.killService();
      stage.startService(clock.environment());
      clock.set(Duration.ofHours(2));
      Stage.last(length);
      clock.set(Duration.ofMinutes(-30));
      Stage.last(length);
      clock.set(Duration.ZERO);
      Stage.last(length);
      stage.killService();
      stage.startService();
    }
  },
  /** For a cluster: kills its nodes in turn, the elected master among them. */
  LOSE_NODES {
    @Override
    boolean canStrike(Stage stage) {
      return stage.nodes().size() > 1;
    }

    @Override
    void strike(Stage stage, Duration length) throws Exception {
      for (TestNode node : stage.nodes()) {
        node.kill();
        Stage.last(length);
        node.restart();
        stage.awaitGreen();
      }
    }
  };

  /** Whether this machine allows it, and there is what it concerns. */
  boolean canStrike(Stage stage) {
    return true;
  }

  /**
   * Begins and ends the fault.
   *
   * @param length how long a killed node is away; what shows only later takes several times as long
   */
  abstract void strike(Stage stage, Duration length) throws Exception;
}
