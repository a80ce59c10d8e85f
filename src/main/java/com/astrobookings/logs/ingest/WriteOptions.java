package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.text.Nearest;
import com.astrobookings.logs.store.Visibility;
import com.astrobookings.logs.web.Problem;
import com.astrobookings.logs.web.Problem.Fault;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;

/**
 * What the query string of a write asks for.
 *
 * @param visibility when to answer
 * @param verbose whether the receipt lists what was taken, too
 */
record WriteOptions(Visibility visibility, boolean verbose) {

  private static final Map<String, List<String>> KNOWN =
      Map.of("refresh", List.of("false", "wait_for"), "verbose", List.of("true", "false"));

  /**
   * Reads the parameters.
   *
   * @throws ProblemException that names everything that is wrong with them
   */
  static WriteOptions of(MultiValueMap<String, String> parameters) {
    List<Fault> faults = new ArrayList<>();
    parameters.forEach((name, values) -> check(name, values, faults));
    if (!faults.isEmpty()) {
      throw new ProblemException(
          new Problem(
              ProblemType.INVALID_PARAMETER,
              "Nothing was stored; errors names what is wrong with the parameters.",
              faults));
    }
    return new WriteOptions(
        "wait_for".equals(parameters.getFirst("refresh")) ? Visibility.AWAITED : Visibility.SOON,
        !"false".equals(parameters.getFirst("verbose")));
  }

  private static void check(String name, List<String> values, List<Fault> faults) {
    List<String> allowed = KNOWN.get(name);
    if (allowed == null) {
      String hint =
          Nearest.to(name, KNOWN.keySet())
              .map(near -> "did you mean " + near + "?")
              .orElse("only refresh and verbose are");
      faults.add(new Fault(name, "is not a parameter of a write; " + hint));
    } else if (values.size() > 1) {
      faults.add(new Fault(name, "is stated %d times; state it once".formatted(values.size())));
    } else if (!allowed.contains(String.valueOf(values.getFirst()))) {
      faults.add(new Fault(name, "must be " + String.join(" or ", allowed)));
    }
  }
}
