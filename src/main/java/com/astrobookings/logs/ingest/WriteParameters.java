package com.astrobookings.logs.ingest;

import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.web.parameter.Choices;
import com.astrobookings.logs.web.parameter.Parameters;
import org.springframework.util.MultiValueMap;

/**
 * The parameters of a write.
 *
 * @param refresh whether to respond when the events are durable, or when they are searchable
 * @param verbose whether the response lists the events that have not failed, too
 */
record WriteParameters(RefreshPolicy refresh, boolean verbose) {

  private enum Refresh {
    FALSE,
    WAIT_FOR
  }

  private enum Verbose {
    TRUE,
    FALSE
  }

  private static final WriteParameters DEFAULT = new WriteParameters(RefreshPolicy.NONE, true);

  /**
   * Parses the query parameters of a request.
   *
   * @throws com.astrobookings.logs.web.ProblemException if any is invalid; it names all that are
   */
  static WriteParameters of(MultiValueMap<String, String> values) {
    if (values.isEmpty()) {
      return DEFAULT;
    }
    Parameters parameters = new Parameters(values);
    Refresh refresh = parameters.one("refresh", Choices.byLowerCaseName(Refresh.class));
    Verbose verbose = parameters.one("verbose", Choices.byLowerCaseName(Verbose.class));
    parameters.finish("Nothing was stored");
    return new WriteParameters(
        refresh == Refresh.WAIT_FOR ? RefreshPolicy.WAIT_FOR : RefreshPolicy.NONE,
        verbose != Verbose.FALSE);
  }
}
