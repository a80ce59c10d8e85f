package com.astrobookings.logs.store;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Selects the events of which one field has one of some values.
 *
 * @param path the field of the stored document; of labels with the key, as in {@code labels.team}
 * @param values in the spelling of the stored document, at least one; of addresses also blocks in
 *     CIDR notation. Fields that are compared without regard to case are found in any case
 */
public record Filter(String path, SortedSet<String> values) {

  /** Keeps a copy. */
  public Filter {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("A filter needs a value");
    }
    values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
  }
}
