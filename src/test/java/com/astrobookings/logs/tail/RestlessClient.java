package com.astrobookings.logs.tail;

import com.astrobookings.logs.testing.EventStream;
import com.astrobookings.logs.testing.EventStream.Message;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Follows a tail on a thread of its own, and cuts the connection at random moments. It resumes with
 * the id of the last message that it has processed; what it has received beyond that one is thrown
 * away, like that of a client that dies.
 */
final class RestlessClient {

  private final Supplier<URI> addresses;
  private final Random random;
  private final AtomicInteger reconnects;
  private final List<String> received = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final CompletableFuture<Void> running;
  private String position;
  private volatile int expected = Integer.MAX_VALUE;
  private volatile boolean hasPosition;

  /**
   * Begins.
   *
   * @param addresses gives where to connect next
   * @param reconnects counted together with those of others
   */
  RestlessClient(Supplier<URI> addresses, long seed, AtomicInteger reconnects) {
    this.addresses = addresses;
    this.random = new Random(seed);
    this.reconnects = reconnects;
    running =
        CompletableFuture.runAsync(
            this::follow, task -> Thread.ofPlatform().name("client").start(task));
  }

  /** Whether it has a position to begin with. */
  boolean hasPosition() {
    return hasPosition;
  }

  /** Ends when it has received so many events and no other comes for a second. */
  CompletableFuture<Void> endAt(int count) {
    expected = count;
    return running;
  }

  synchronized List<String> received() {
    return List.copyOf(received);
  }

  List<String> problems() {
    return problems;
  }

  private void follow() {
    try {
      while (expected > received().size()) {
        connect(Duration.ofMillis(random.nextInt(1_500)));
      }
      connect(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void connect(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    try (EventStream stream = EventStream.open(addresses.get(), position)) {
      if (stream.status() != 200) {
        problems.add("status " + stream.status());
        Thread.sleep(100);
        return;
      }
      reconnects.incrementAndGet();
      boolean quiet = false;
      while (System.nanoTime() < end && !(stream.isEnded() && quiet)) {
        Message message = stream.poll(Duration.ofMillis(50));
        quiet = message == null;
        if (quiet) {
          continue;
        }
        if (message.event().equals("problem")) {
          problems.add(message.data());
        } else {
          receive(message);
        }
      }
      if (position == null) {
        position = stream.lastEventId();
        hasPosition = !position.isEmpty();
        position = hasPosition ? position : null;
      }
    } catch (IOException refused) {
      Thread.sleep(50);
    }
  }

  private synchronized void receive(Message message) {
    received.add(message.json().path("id").asString());
    position = message.id();
    hasPosition = true;
  }
}
