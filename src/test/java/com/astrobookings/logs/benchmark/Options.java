package com.astrobookings.logs.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What to measure, read from system properties that begin with {@code benchmark.}.
 *
 * @param works the works by name, see {@link Works}; all but {@code growth} by default
 * @param sides the sides by name; all by default
 * @param rounds how often every side has its turn
 * @param seconds length of a turn
 * @param warmUp the longest warm-up of a side in seconds; it ends earlier when the rate is stable
 *     and nothing more is compiled
 * @param events how far {@code growth} fills an index
 * @param exported how many events {@code export} exports
 * @param jvm options of the JVM of the service, for example those of a profiler, separated by
 *     spaces
 */
record Options(
    List<String> works,
    Set<String> sides,
    int rounds,
    Duration seconds,
    Duration warmUp,
    long events,
    long exported,
    List<String> jvm) {

  static Options read() {
    return new Options(
        words("works", "batches,singles,idle,duplicates,pages,deep,id,stats,tail,export,cold"),
        Set.copyOf(words("sides", "service,direct,naive,bare")),
        Integer.getInteger("benchmark.rounds", 5),
        Duration.ofSeconds(Integer.getInteger("benchmark.seconds", 4)),
        Duration.ofSeconds(Integer.getInteger("benchmark.warmup", 80)),
        Long.getLong("benchmark.events", 5_000_000),
        Long.getLong("benchmark.exported", 1_000_000),
        List.of(System.getProperty("benchmark.jvm", "-Xmx512m").split(" ")));
  }

  /** Whether the side is to be measured, by the first word of its name. */
  boolean has(Side side) {
    return sides.contains(side.name().split(",", 2)[0]);
  }

  private static List<String> words(String name, String otherwise) {
    return List.of(System.getProperty("benchmark." + name, otherwise).split("[, ]+"));
  }
}
