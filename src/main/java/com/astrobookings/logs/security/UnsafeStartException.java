package com.astrobookings.logs.security;

/** The configuration would expose the service. */
final class UnsafeStartException extends RuntimeException {

  private final String remedy;

  UnsafeStartException(String danger, String remedy) {
    super(danger);
    this.remedy = remedy;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  String remedy() {
    return remedy;
  }
}
