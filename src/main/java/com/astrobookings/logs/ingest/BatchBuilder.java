package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.Decoded;
import com.astrobookings.logs.event.value.Violation;
import com.astrobookings.logs.event.value.Violation.Rule;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch while it is decoded: bounded in number, and in the violations they name together, so that
 * no body can ask for an answer that is many times its size.
 */
final class BatchBuilder {

  private static final int MOST_VIOLATIONS = 10_000;

  private final int most;
  private final List<Decoded> items = new ArrayList<>();
  private int violations;

  BatchBuilder(int most) {
    this.most = most;
  }

  void add(Decoded item) {
    if (items.size() == most) {
      throw new ProblemException(
          ProblemType.TOO_LARGE,
          "The body holds more than %,d events. Send them in several requests. Nothing was stored."
              .formatted(most));
    }
    items.add(
        switch (item) {
          case Decoded.Valid valid -> valid;
          case Decoded.Invalid invalid -> bounded(invalid);
          case Decoded.Failed failed -> failed;
        });
  }

  Batch build(boolean single) {
    return new Batch(single, List.copyOf(items));
  }

  private Decoded bounded(Decoded.Invalid invalid) {
    List<Violation> all = invalid.violations();
    violations += all.size();
    if (violations <= MOST_VIOLATIONS || all.size() <= 2) {
      return invalid;
    }
    Violation rest =
        new Violation(
            "",
            Rule.SIZE,
            "and %d more violations, which this answer has no room for".formatted(all.size() - 1));
    return new Decoded.Invalid(invalid.id(), invalid.timestamp(), List.of(all.getFirst(), rest));
  }
}
