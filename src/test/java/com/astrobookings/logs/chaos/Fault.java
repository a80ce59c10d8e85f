package com.astrobookings.logs.chaos;

import com.astrobookings.logs.local.TestNode;
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
      stage.node().kill();
      Stage.last(length);
      stage.node().restart();
    }
  },
  KILL_BOTH {
    @Override
    void strike(Stage stage, Duration length) throws Exception {
      stage.node().kill();
      stage.killService();
      stage.startService(); // first, so that its start meets no Elasticsearch
      stage.node().restart();
    }
  },
  FREEZE_NODE {
    @Override
    void strike(Stage stage, Duration length) throws Exception {
      stage.signalNode("STOP");
      try {
        Stage.last(length);
      } finally {
        stage.signalNode("CONT");
      }
    }
  },
  CUT_NETWORK {
    @Override
    void strike(Stage stage, Duration length) throws Exception {
      stage.cutLinks();
      Stage.last(length);
      stage.healLinks();
    }
  },
  /** Elasticsearch is stopped for four times as long, and the service killed meanwhile. */
  OUTAGE {
    @Override
    void strike(Stage stage, Duration length) throws Exception {
      stage.node().stop();
      Stage.last(length.multipliedBy(2));
      stage.killService();
      stage.startService();
      Stage.last(length.multipliedBy(2));
      stage.node().restart();
    }
  },
  /** For a cluster: kills its nodes in turn, the elected master among them. */
  LOSE_NODES {
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

  /**
   * Begins and ends the fault.
   *
   * @param length how long Elasticsearch is away, where the fault does not say by itself
   */
  abstract void strike(Stage stage, Duration length) throws Exception;
}
