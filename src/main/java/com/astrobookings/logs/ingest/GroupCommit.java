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
 * Writes the events of several small requests together (group commit). While fewer than {@value
 * #MAX_WRITES} writes are under way, a request is written at once. Requests that arrive meanwhile
 * are queued and written together when a write ends, so that under load many requests share one
 * bulk request and one fsync. Safe for use by several threads; never blocks.
 */
final class GroupCommit {

  private static final int MAX_WRITES = 2;
  private static final int MAX_GROUP_REQUESTS = 500;
  private static final int MAX_QUEUED_REQUESTS = 10_000;

  private final EventStore store;
  private final Scheduler scheduler;
  private final Queue<Request> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger wakeUps = new AtomicInteger();

  /**
   * Creates a group commit.
   *
   * @param scheduler encodes the events of a group, and completes its requests
   */
  GroupCommit(EventStore store, Scheduler scheduler) {
    this.store = store;
    this.scheduler = scheduler;
  }

  /**
   * Writes the events of one request.
   *
   * @param deadline when the outcomes are known at the latest, if the store keeps its time limit
   * @return one outcome for each event, in the order of {@code events}; fails only if the store
   *     does
   */
  Mono<List<WriteOutcome>> write(List<StoredEvent> events, WriteDeadline deadline) {
    return Mono.create(sink -> add(new Request(events, deadline, sink)));
  }

  private void add(Request request) {
    if (queued.incrementAndGet() > MAX_QUEUED_REQUESTS) {
      queued.decrementAndGet();
      request.refuse("too many requests wait to be written");
      return;
    }
    request.sink.onCancel(() -> request.cancelled = true);
    queue.add(request);
    drain();
  }

  /** Serialised as in Reactor's own queues: a call during another one makes that one go on. */
  private void drain() {
    if (wakeUps.getAndIncrement() > 0) {
      return;
    }
    int seen = 1;
    while (seen > 0) {
      while (writes.get() < MAX_WRITES && !queue.isEmpty()) {
        List<Request> group = nextGroup();
        if (!group.isEmpty()) {
          writes.incrementAndGet();
          write(group);
        }
      }
      seen = wakeUps.addAndGet(-seen);
    }
  }

  private List<Request> nextGroup() {
    List<Request> group = new ArrayList<>();
    while (group.size() < MAX_GROUP_REQUESTS) {
      Request request = queue.poll();
      if (request == null) {
        break;
      }
      queued.decrementAndGet();
      if (request.deadline.remaining().compareTo(WriteDeadline.MIN_BULK_TIME) < 0) {
        request.refuse("the request waited too long to be written");
      } else if (!request.cancelled) {
        group.add(request);
      }
    }
    return group;
  }

  private void write(List<Request> group) {
    List<StoredEvent> events = new ArrayList<>();
    group.forEach(request -> events.addAll(request.events));
    Duration within = group.getFirst().deadline.remaining();
    Mono<List<WriteOutcome>> outcomes =
        store
            .write(events, RefreshPolicy.NONE, within)
            .doOnTerminate(() -> {
              writes.decrementAndGet();
              drain();
            });
    // A request alone is encoded on its own thread, which is idle.
    (group.size() == 1 ? outcomes : outcomes.subscribeOn(scheduler).publishOn(scheduler))
        .subscribe(
            all -> complete(group, all),
            failure -> group.forEach(request -> request.sink.error(failure)));
  }

  private static void complete(List<Request> group, List<WriteOutcome> outcomes) {
    int from = 0;
    for (Request request : group) {
      int to = from + request.events.size();
      request.sink.success(outcomes.subList(from, to));
      from = to;
    }
  }

  /** A request that waits for its outcomes. */
  private static final class Request {

    private final List<StoredEvent> events;
    private final WriteDeadline deadline;
    private final MonoSink<List<WriteOutcome>> sink;
    private volatile boolean cancelled;

    Request(List<StoredEvent> events, WriteDeadline deadline, MonoSink<List<WriteOutcome>> sink) {
      this.events = events;
      this.deadline = deadline;
      this.sink = sink;
    }

    void refuse(String reason) {
      sink.success(Collections.nCopies(events.size(), new Unavailable(true, reason)));
    }
  }
}
