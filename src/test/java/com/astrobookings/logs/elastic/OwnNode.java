package com.astrobookings.logs.elastic;

import com.astrobookings.logs.local.TestNode;
import java.util.Map;

/** A node for tests that break things; it is wiped before each of them. */
final class OwnNode {

  private OwnNode() {}

  /** The node, empty. */
  static Elastic wiped() {
    Elastic elastic = new Elastic(Shared.NODE.uri());
    elastic.wipe();
    return elastic;
  }

  /** The node itself, for tests that stop it; they start it again. */
  static TestNode node() {
    return Shared.NODE;
  }

  private static final class Shared {
    static final TestNode NODE =
        TestNode.start(
            "elastic",
            Map.of("action.destructive_requires_name", "false", "http.max_content_length", "1mb"));
  }
}
