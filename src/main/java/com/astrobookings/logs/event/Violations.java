package com.astrobookings.logs.event;

import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.event.value.Violation.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * The violations of one event. All are named up to a bound that no honest event reaches; the rest
 * is counted, so that an answer cannot be made many times larger than its question.
 */
final class Violations implements Violation.Sink {

  private static final int MOST = 100;

  private final List<Violation> named = new ArrayList<>();
  private int unnamed;

  @Override
  public void add(String pointer, Rule rule, String message) {
    if (named.size() < MOST) {
      named.add(new Violation(pointer, rule, message));
    } else {
      unnamed++;
    }
  }

  Violation.Sink below(String parent) {
    return (pointer, rule, message) -> add(parent + pointer, rule, message);
  }

  boolean isEmpty() {
    return named.isEmpty();
  }

  List<Violation> list() {
    List<Violation> all = new ArrayList<>(named);
    if (unnamed > 0) {
      all.add(new Violation("", Rule.SIZE, "and " + unnamed + " more violations"));
    }
    return List.copyOf(all);
  }
}
