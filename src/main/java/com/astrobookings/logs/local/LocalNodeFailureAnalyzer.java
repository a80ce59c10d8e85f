package com.astrobookings.logs.local;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports the problem and the remedy instead of a stack trace. */
final class LocalNodeFailureAnalyzer extends AbstractFailureAnalyzer<LocalNodeException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, LocalNodeException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.remedy(), rootFailure);
  }
}
