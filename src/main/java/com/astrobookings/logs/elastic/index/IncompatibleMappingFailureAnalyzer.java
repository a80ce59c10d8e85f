package com.astrobookings.logs.elastic.index;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the operator what to do about an index that the service cannot use. */
final class IncompatibleMappingFailureAnalyzer
    extends AbstractFailureAnalyzer<IncompatibleMappingException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, IncompatibleMappingException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Nothing was changed and nothing is lost. Start the version of the service that wrote %1$s"
                .formatted(cause.index())
            + ", or copy its documents into an index with the declared mapping and give that one"
            + " the name %1$s; if its documents are not needed, delete it."
                .formatted(cause.index()),
        cause);
  }
}
