package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.event.value.Violation.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the violations of one event. Up to {@value #MAX_NAMED} are named, so that an answer
 * cannot become many times larger than its request; the rest is counted. Can be used again after
 * {@link #clear}. Not safe for use by several threads.
 */
final class Violations implements Violation.Sink {

  private static final int MAX_NAMED = 100;

  private final List<Violation> named = new ArrayList<>();
  private String parent = "";
  private int unnamed;

  /** Removes all violations. */
  void clear() {
    named.clear();
    parent = "";
    unnamed = 0;
  }

  /** Sets the JSON Pointer to which the pointers of what is added from now on are relative. */
  Violations relativeTo(String pointer) {
    parent = pointer;
    return this;
  }

  @Override
  public void add(String pointer, Rule rule, String message) {
    if (named.size() < MAX_NAMED) {
      named.add(new Violation(parent + pointer, rule, message));
    } else {
      unnamed++;
    }
  }

  boolean isEmpty() {
    return named.isEmpty();
  }

  /** Returns a copy. */
  List<Violation> list() {
    List<Violation> all = new ArrayList<>(named);
    if (unnamed > 0) {
      all.add(new Violation("", Rule.SIZE, "and " + unnamed + " more violations"));
    }
    return List.copyOf(all);
  }
}
