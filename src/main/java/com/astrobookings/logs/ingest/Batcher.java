package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Writes the events of several requests together: group commit. While the store has little to do,
 * each request is sent at once and waits for nobody. What comes while it is busy is gathered, and
 * sent together as soon as a write has ended: under load many requests share one write, and the
 * synchronisation of the disk with it. Safe for use by several threads; never blocks.
 */
final class Batcher {

  private static final int WRITES_AT_ONCE = 2;

  /** Requests in one write. */
  private static final int LARGEST_GROUP = 500;

  /** Requests that may wait: a store that is so far behind would not come to more of them. */
  private static final int MOST_WAITING = 10_000;

  private final EventStore store;
  private final Scheduler threads;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger turns = new AtomicInteger();

  /**
   * A batcher.
   *
   * @param threads serialise the events of a group, and answer its requests
   */
  Batcher(EventStore store, Scheduler threads) {
    this.store = store;
    this.threads = threads;
  }

  /**
   * Writes the events of a small request.
   *
   * @param within when the outcomes are given at the latest, this long after subscription
   * @return one outcome per event, in the order of {@code events}; never fails because of the store
   */
  Mono<List<WriteOutcome>> write(List<StoredEvent> events, Duration within) {
    return Mono.<List<WriteOutcome>>create(answer -> join(new Waiting(events, answer)))
        .timeout(
            within,
            Mono.fromSupplier(() ->
                refused(events, new Unavailable(false, "Elasticsearch did not answer in time"))));
  }

  private void join(Waiting request) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      Unavailable crowded = new Unavailable(true, "too many requests wait to be written");
      request.answer.success(refused(request.events, crowded));
      return;
    }
    request.answer.onCancel(request::leave);
    queue.add(request);
    sendWhatCanBeSent();
  }

  /** Whoever comes while another thread is at it leaves the rest to that one. */
  private void sendWhatCanBeSent() {
    if (turns.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    while (seen > 0) {
      while (underWay.get() < WRITES_AT_ONCE && !queue.isEmpty()) {
        List<Waiting> group = nextGroup();
        if (!group.isEmpty()) {
          underWay.incrementAndGet();
          send(group);
        }
      }
      seen = turns.addAndGet(-seen);
    }
  }

  private List<Waiting> nextGroup() {
    List<Waiting> group = new ArrayList<>();
    while (group.size() < LARGEST_GROUP) {
      Waiting request = queue.poll();
      if (request == null) {
        break;
      }
      waiting.decrementAndGet();
      if (!request.hasLeft()) {
        group.add(request);
      }
    }
    return group;
  }

  private void send(List<Waiting> group) {
    List<StoredEvent> events = group.stream().flatMap(one -> one.events.stream()).toList();
    Mono<List<WriteOutcome>> written =
        store
            .write(events, RefreshPolicy.NONE)
            .doOnTerminate(() -> {
              underWay.decrementAndGet();
              sendWhatCanBeSent();
            });
    // Only a request that is alone may use the thread that it came on.
    (group.size() == 1 ? written : written.subscribeOn(threads).publishOn(threads))
        .subscribe(
            outcomes -> answer(group, outcomes),
            failure -> group.forEach(request -> request.answer.error(failure)));
  }

  private static void answer(List<Waiting> group, List<WriteOutcome> outcomes) {
    int from = 0;
    for (Waiting request : group) {
      int to = from + request.events.size();
      request.answer.success(List.copyOf(outcomes.subList(from, to)));
      from = to;
    }
  }

  private static List<WriteOutcome> refused(List<StoredEvent> events, Unavailable reason) {
    return Collections.nCopies(events.size(), reason);
  }

  /** A request that waits for its outcomes, until it leaves because nobody asks for them now. */
  private static final class Waiting {

    private final List<StoredEvent> events;
    private final MonoSink<List<WriteOutcome>> answer;
    private volatile boolean left;

    Waiting(List<StoredEvent> events, MonoSink<List<WriteOutcome>> answer) {
      this.events = events;
      this.answer = answer;
    }

    void leave() {
      left = true;
    }

    boolean hasLeft() {
      return left;
    }
  }
}
