package com.astrobookings.logs.benchmark;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One of the two that are compared.
 *
 * @param request makes the request of a number that comes once
 * @param right whether the body of an answer is what the request asked for
 */
record Side(LongFunction<HttpRequest> request, Predicate<String> right) {

  private static final AtomicLong NUMBERS = new AtomicLong();

  /** Keeps so many requests under way until the time is over; fails at a wrong answer. */
  Measured load(HttpClient http, int underWay, Duration time) {
    Queue<Long> taken = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    CompletableFuture<?>[] chains =
        IntStream.range(0, underWay)
            .mapToObj(i -> oneAfterTheOther(http, end, taken))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(chains).join();
    return new Measured(taken, Duration.ofNanos(System.nanoTime() - start));
  }

  private CompletableFuture<Void> oneAfterTheOther(HttpClient http, long end, Queue<Long> taken) {
    long start = System.nanoTime();
    if (start >= end) {
      return CompletableFuture.completedFuture(null);
    }
    HttpRequest next = request.apply(NUMBERS.incrementAndGet());
    return http.sendAsync(next, BodyHandlers.ofString())
        .thenCompose(answer -> {
          taken.add(System.nanoTime() - start);
          check(answer);
          return oneAfterTheOther(http, end, taken);
        });
  }

  private void check(HttpResponse<String> answer) {
    if (answer.statusCode() >= 300 || !right.test(answer.body())) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }
}
