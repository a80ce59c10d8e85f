package com.astrobookings.logs.event.value;

/**
 * One reason why an event is refused.
 *
 * @param pointer JSON Pointer (RFC 6901) from the event to the offending value; empty for the event
 *     as a whole
 * @param rule the rule that was broken, for programs
 * @param message what is wrong and what to do, for people; never contains the refused value
 */
public record Violation(String pointer, Rule rule, String message) {

  /** The rules an event can break. */
  public enum Rule {
    /** A member that must be present is absent or null. */
    REQUIRED,
    /** A member that no event, or not this type of event, has. */
    UNKNOWN,
    /** A member stated twice. */
    REPEATED,
    /** A value of another JSON type. */
    TYPE,
    /** A value of the right JSON type that is not spelled as the member asks. */
    FORMAT,
    /** A value beyond its lower or upper bound. */
    RANGE,
    /** More bytes, characters or entries than the limit. */
    SIZE,
    /** Text that is not JSON. */
    SYNTAX
  }

  /** Takes violations as they are found. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes one violation.
     *
     * @param pointer JSON Pointer relative to the value being read; empty for the value itself
     * @param rule the broken rule
     * @param message what is wrong and what to do
     */
    void add(String pointer, Rule rule, String message);
  }

  /** {@code name} as one reference token of a JSON Pointer, with its leading slash. */
  public static String token(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
