package com.astrobookings.logs.kibana;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code kibana/load.sh} against a stand-in. */
final class Loader {

  static final String SCRIPT = Assets.ROOT.resolve("load.sh").toString();

  private Loader() {}

  /** Runs it in the system's shell, with these variables by turns of name and value. */
  static Shell run(StandIn kibana, String... variables) {
    return with("sh", kibana, variables);
  }

  /** Runs it in a shell. */
  static Shell with(String shell, StandIn kibana, String... variables) {
    Map<String, String> all = new HashMap<>();
    all.put("KIBANA_URL", kibana.url());
    all.put("KIBANA_WAIT", "0");
    for (int i = 0; i < variables.length; i += 2) {
      all.put(variables[i], variables[i + 1]);
    }
    String[] command =
        Stream.concat(Stream.of(shell.split(" ", -1)), Stream.of(SCRIPT)).toArray(String[]::new);
    return Shell.run(all, command);
  }

  /** Skips the test where the shell is missing. */
  static void assumeInstalled(String shell) {
    String program = List.of(shell.split(" ", -1)).getFirst();
    assumeTrue(
        Shell.run(Map.of(), "sh", "-c", "command -v " + program).status() == 0,
        program + " is not installed");
  }
}
