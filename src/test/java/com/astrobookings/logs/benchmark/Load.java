package com.astrobookings.logs.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a number of requests under way, each on a connection and a thread of its own.
 *
 * @param underWay how many requests are sent before the first is answered
 * @param node the process of Elasticsearch
 */
record Load(int underWay, Usage node) {

  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final Duration SLICE = Duration.ofSeconds(2);
  private static final int STABLE_SLICES = 4;
  private static final double STABLE = 1.1;

  /** A twentieth of a slice. */
  private static final Duration COMPILED = SLICE.dividedBy(20);

  /** Loads the side for so long; fails at the first answer that is not the expected one. */
  Measured run(Side side, Duration time) throws Exception {
    Usage self = new Usage(ProcessHandle.current());
    Duration sideBefore = side.process().processorTime();
    Duration nodeBefore = node.processorTime();
    Duration selfBefore = self.processorTime();
    long start = System.nanoTime();
    List<Long> latencies = latencies(side, start + time.toNanos());
    return new Measured(
        latencies,
        Duration.ofNanos(System.nanoTime() - start),
        side.process().processorTime().minus(sideBefore),
        node.processorTime().minus(nodeBefore),
        self.processorTime().minus(selfBefore));
  }

  /**
   * Loads the side until its rate is stable and next to nothing is compiled, or for the given time;
   * returns how long it took.
   */
  Duration warmUp(Side side, Duration most) throws Exception {
    List<Double> rates = new ArrayList<>();
    Duration taken = Duration.ZERO;
    Duration compiled = SLICE;
    while (taken.compareTo(most) < 0 && !(stable(rates) && compiled.compareTo(COMPILED) < 0)) {
      Duration before = compilerTime(side);
      rates.add(run(side, SLICE).requestsPerSecond());
      compiled = compilerTime(side).minus(before);
      taken = taken.plus(SLICE);
    }
    return taken;
  }

  private Duration compilerTime(Side side) {
    return side.process().compilerTime().plus(node.compilerTime());
  }

  private static boolean stable(List<Double> rates) {
    if (rates.size() < STABLE_SLICES) {
      return false;
    }
    List<Double> last =
        rates.subList(rates.size() - STABLE_SLICES, rates.size()).stream().sorted().toList();
    return last.getLast() < STABLE * last.getFirst();
  }

  private List<Long> latencies(Side side, long end) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(underWay)) {
      Callable<List<Long>> chain = () -> oneAfterAnother(side, end);
      List<Long> all = new ArrayList<>();
      for (Future<List<Long>> part : threads.invokeAll(Collections.nCopies(underWay, chain))) {
        all.addAll(part.get());
      }
      all.sort(null);
      return all;
    }
  }

  /** Sends the requests of these numbers, one after another. */
  static void send(Side side, long from, long to) throws IOException {
    try (Exchanges exchanges = new Exchanges(side)) {
      for (long number = from; number < to; number++) {
        exchanges.exchange(number);
      }
    }
  }

  private static List<Long> oneAfterAnother(Side side, long end) throws IOException {
    List<Long> latencies = new ArrayList<>();
    try (Exchanges exchanges = new Exchanges(side)) {
      for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
        exchanges.exchange(NUMBERS.incrementAndGet());
        latencies.add(System.nanoTime() - start);
      }
    }
    return latencies;
  }

  /** Requests on one connection, with checked answers. */
  private static final class Exchanges implements AutoCloseable {

    private final Side side;
    private final byte[] expected;
    private final Connection connection;
    private final Bytes request = new Bytes();
    private final Bytes body = new Bytes();

    Exchanges(Side side) throws IOException {
      this.side = side;
      expected = side.expected().getBytes(StandardCharsets.UTF_8);
      connection = new Connection(side.server());
    }

    void exchange(long number) throws IOException {
      request.clear();
      side.requests().write(request, number);
      int status = connection.exchange(request, body);
      if (status >= 300 || !body.contains(expected)) {
        throw new IllegalStateException(side.name() + ": " + status + " " + body);
      }
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}
