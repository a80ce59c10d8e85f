package com.astrobookings.logs.elastic.index;

/** An index of ours holds a field in a way that the declared shape cannot be added to. */
final class IncompatibleMappingException extends RuntimeException {

  private final String index;

  IncompatibleMappingException(String index, String reason, Throwable cause) {
    super("The index " + index + " cannot take the declared fields: " + reason, cause);
    this.index = index;
  }

  String index() {
    return index;
  }
}
