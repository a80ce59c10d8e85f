package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.trace.TraceContext;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/**
 * Writes the events of several small requests together (group commit), so that under load many
 * requests share one bulk request and one fsync.
 *
 * <p>At most {@value #MAX_WRITES} writes are under way; requests that arrive meanwhile are queued.
 * With few clients a write begins as soon as it may. With many, it begins when half of the requests
 * that were recently under way are queued, at the latest {@link #MAX_GATHER_TIME} after it might
 * have begun: otherwise each write would begin with the few requests of the clients that were
 * answered first, and cost as much as one of many.
 *
 * <p>Only requests with events of the same months are written together, so that an index that does
 * not answer holds up nothing but its own events. Safe for use by several threads; never blocks.
 */
final class GroupCommit {

  /**
   * A store whose disk is slow needs several writes at a time, or it would wait for requests; one
   * that is busy gets few, since they are gathered meanwhile.
   */
  static final int MAX_WRITES = 8;

  private static final int MAX_GROUP_REQUESTS = 500;
  private static final int MAX_QUEUED_REQUESTS = 10_000;

  /** The number of requests under way from which on a write waits for a group. */
  private static final int MIN_GATHERED_REQUESTS = 16;

  static final Duration MAX_GATHER_TIME = Duration.ofMillis(4);

  private final EventStore store;
  private final Scheduler scheduler;
  private final Queue<Request> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final AtomicInteger writing = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger wakeUps = new AtomicInteger();

  /** Groups that were gathered together; used while draining only. */
  private final Queue<List<Request>> ready = new ArrayDeque<>();

  /** The number of requests under way, at its recent peak; used while draining only. */
  private int peak;

  /** Ends the time for gathering a group; null if none runs. Used while draining only. */
  private @Nullable Disposable gathering;

  private volatile boolean gathered;

  /**
   * Creates a group commit.
   *
   * @param scheduler encodes the events of a group, and ends the time for gathering it
   */
  GroupCommit(EventStore store, Scheduler scheduler) {
    this.store = store;
    this.scheduler = scheduler;
  }

  /**
   * Writes the events of one request.
   *
   * @param deadline when the outcomes are known at the latest, if the store keeps its time limit
   * @param executor completes the request. Requests of one executor that are written together are
   *     completed in one task, so that an event loop is woken up once for all of them
   * @return one outcome for each event, in the order of {@code events}; fails only if the store
   *     does
   */
  Mono<List<WriteOutcome>> write(
      List<StoredEvent> events, WriteDeadline deadline, Executor executor) {
    return Mono.create(sink -> add(new Request(events, deadline, executor, sink)));
  }

  private void add(Request request) {
    if (queued.incrementAndGet() > MAX_QUEUED_REQUESTS) {
      queued.decrementAndGet();
      request.refuse(true, "too many requests wait to be written");
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
      while (writes.get() < MAX_WRITES && isReady()) {
        List<Request> group = ready.remove();
        group.removeIf(request -> request.cancelled || request.refusedLate());
        if (!group.isEmpty()) {
          writes.incrementAndGet();
          writing.addAndGet(group.size());
          write(group);
        }
      }
      seen = wakeUps.addAndGet(-seen);
    }
  }

  private boolean isReady() {
    while (ready.isEmpty() && !queue.isEmpty() && isGathered()) {
      ready.addAll(byMonths(nextGroup()));
    }
    return !ready.isEmpty();
  }

  private boolean isGathered() {
    peak = Math.max(peak, queued.get() + writing.get());
    if (peak < MIN_GATHERED_REQUESTS
        || queued.get() >= Math.min(peak / 2, MAX_GROUP_REQUESTS)
        || gathered) {
      return true;
    }
    if (gathering == null) {
      gathering =
          scheduler.schedule(
              () -> {
                gathered = true;
                drain();
              },
              MAX_GATHER_TIME.toMillis(),
              TimeUnit.MILLISECONDS);
    }
    return false;
  }

  private List<Request> nextGroup() {
    if (gathering != null) {
      // It would otherwise end the time of the next group, which would stay small.
      gathering.dispose();
      gathering = null;
    }
    gathered = false;
    peak -= peak / 8;
    List<Request> group = new ArrayList<>();
    while (group.size() < MAX_GROUP_REQUESTS) {
      Request request = queue.poll();
      if (request == null) {
        break;
      }
      queued.decrementAndGet();
      group.add(request);
    }
    return group;
  }

  private static Collection<List<Request>> byMonths(List<Request> requests) {
    Map<Set<YearMonth>, List<Request>> groups = new LinkedHashMap<>();
    for (Request request : requests) {
      groups.computeIfAbsent(request.months(), added -> new ArrayList<>()).add(request);
    }
    return groups.values();
  }

  private void write(List<Request> group) {
    List<StoredEvent> events = new ArrayList<>();
    group.forEach(request -> events.addAll(request.events));
    Duration within = group.getFirst().deadline.remaining();
    Mono<List<WriteOutcome>> outcomes =
        store
            .write(events, RefreshPolicy.NONE, within)
            .contextWrite(context -> TraceContext.join(context, contexts(group)));
    // A request alone is encoded on its own thread, which is idle.
    (group.size() == 1 ? outcomes : outcomes.subscribeOn(scheduler))
        .doOnTerminate(() -> ended(group))
        .subscribe(
            all -> complete(group, all),
            failure -> group.forEach(request -> request.sink.error(failure)));
  }

  private void ended(List<Request> group) {
    writes.decrementAndGet();
    writing.addAndGet(-group.size());
    drain();
  }

  private static List<ContextView> contexts(List<Request> group) {
    return group.stream().map(request -> request.sink.contextView()).toList();
  }

  private static void complete(List<Request> group, List<WriteOutcome> outcomes) {
    if (group.size() == 1) {
      Request only = group.getFirst();
      only.executor.execute(() -> only.sink.success(outcomes));
      return;
    }
    Map<Executor, List<Runnable>> tasks = new LinkedHashMap<>();
    int from = 0;
    for (Request request : group) {
      int to = from + request.events.size();
      List<WriteOutcome> own = outcomes.subList(from, to);
      tasks
          .computeIfAbsent(request.executor, added -> new ArrayList<>())
          .add(() -> request.sink.success(own));
      from = to;
    }
    tasks.forEach((executor, own) -> executor.execute(() -> own.forEach(Runnable::run)));
  }

  /** A request that waits for its outcomes. */
  private static final class Request {

    private final List<StoredEvent> events;
    private final WriteDeadline deadline;
    private final Executor executor;
    private final MonoSink<List<WriteOutcome>> sink;
    private volatile boolean cancelled;

    Request(
        List<StoredEvent> events,
        WriteDeadline deadline,
        Executor executor,
        MonoSink<List<WriteOutcome>> sink) {
      this.events = events;
      this.deadline = deadline;
      this.executor = executor;
      this.sink = sink;
    }

    /** Returns the UTC months of its events. */
    Set<YearMonth> months() {
      if (events.size() == 1) {
        return Set.of(month(events.getFirst()));
      }
      return events.stream().map(Request::month).collect(Collectors.toSet());
    }

    private static YearMonth month(StoredEvent stored) {
      return YearMonth.from(stored.event().timestamp().atOffset(ZoneOffset.UTC));
    }

    /** Refuses the request if too little time is left to write it; returns whether it did. */
    boolean refusedLate() {
      boolean late = deadline.remaining().compareTo(WriteDeadline.MIN_BULK_TIME) < 0;
      if (late) {
        refuse(false, "the request waited too long to be written");
      }
      return late;
    }

    void refuse(boolean overloaded, String reason) {
      sink.success(Collections.nCopies(events.size(), new Unavailable(overloaded, reason)));
    }
  }
}
