package com.astrobookings.logs.web;

/** Ends the handling of a request with a problem. It has no stack trace: it is an answer. */
public final class ProblemException extends RuntimeException {

  private final Problem problem;

  /** Answers with {@code problem}. */
  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** Answers with a problem whose detail says it all. */
  public ProblemException(ProblemType type, String detail) {
    this(new Problem(type, detail));
  }

  /** The answer. */
  public Problem problem() {
    return problem;
  }
}
