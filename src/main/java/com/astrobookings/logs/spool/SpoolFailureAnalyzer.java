package com.astrobookings.logs.spool;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports the problem and the remedy instead of a stack trace. */
final class SpoolFailureAnalyzer extends AbstractFailureAnalyzer<SpoolException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, SpoolException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.remedy(), rootFailure);
  }
}
