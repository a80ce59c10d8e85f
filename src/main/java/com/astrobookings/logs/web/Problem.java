package com.astrobookings.logs.web;

import java.util.List;

/**
 * One occurrence of a problem, in the terms of RFC 9457.
 *
 * @param type what kind of problem it is
 * @param detail what happened and what to do about it; without internals
 * @param errors each single fault, if the problem has more to say than its detail
 */
public record Problem(ProblemType type, String detail, List<Fault> errors) {

  /**
   * One fault.
   *
   * @param location where: a JSON Pointer into the body, or the name of a parameter
   * @param message what is wrong and what to do
   */
  public record Fault(String location, String message) {}

  /** A problem whose detail says it all. */
  public Problem(ProblemType type, String detail) {
    this(type, detail, List.of());
  }

  /** Keeps a copy of the faults. */
  public Problem {
    errors = List.copyOf(errors);
  }
}
