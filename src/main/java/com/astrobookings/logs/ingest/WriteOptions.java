package com.astrobookings.logs.ingest;

import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.web.parameter.Choices;
import com.astrobookings.logs.web.parameter.Parameters;
import org.springframework.util.MultiValueMap;

/**
 * What the query string of a write asks for.
 *
 * @param refresh when to answer
 * @param verbose whether the receipt lists what was taken, too
 */
record WriteOptions(RefreshPolicy refresh, boolean verbose) {

  private enum Refresh {
    FALSE,
    WAIT_FOR
  }

  private enum Verbose {
    TRUE,
    FALSE
  }

  /**
   * Reads the parameters.
   *
   * @throws com.astrobookings.logs.web.ProblemException that names everything that is wrong with
   *     them
   */
  static WriteOptions of(MultiValueMap<String, String> values) {
    Parameters parameters = new Parameters(values);
    Refresh refresh = parameters.one("refresh", Choices.byLowerCaseName(Refresh.class));
    Verbose verbose = parameters.one("verbose", Choices.byLowerCaseName(Verbose.class));
    parameters.finish("Nothing was stored");
    return new WriteOptions(
        refresh == Refresh.WAIT_FOR ? RefreshPolicy.WAIT_FOR : RefreshPolicy.NONE,
        verbose != Verbose.FALSE);
  }
}
