package com.astrobookings.logs.web;

/** Ends the handling of a request with a problem as its answer. Has no stack trace. */
public final class ProblemException extends RuntimeException {

  private final Problem problem;

  /** Answers with {@code problem}. */
  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** Answers with a problem without single faults. */
  public ProblemException(ProblemType type, String detail) {
    this(new Problem(type, detail));
  }

  /** Returns the problem. */
  public Problem problem() {
    return problem;
  }
}
