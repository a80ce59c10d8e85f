package com.astrobookings.logs.fuzz;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes random values, the same ones for the same seed. Not safe for use by several threads. */
class RandomText {

  private final Random random;

  RandomText(Random random) {
    this.random = random;
  }

  /** An integer, both bounds included. */
  int between(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  @SafeVarargs
  final <T> T anyOf(Supplier<T>... makers) {
    return makers[random.nextInt(makers.length)].get();
  }

  /** One to five values. */
  List<String> several(Supplier<String> maker) {
    return Stream.generate(maker).limit(between(1, 5)).toList();
  }
}
