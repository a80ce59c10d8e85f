package com.astrobookings.logs.web.body;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reads bodies whole, each within a limit of bytes and of time, all within a {@link MemoryBudget}.
 *
 * <p>Memory is reserved for bytes that have arrived, never for bytes that were announced: a
 * connection that sends nothing costs nothing. When the budget is full, the body that is most
 * overdue (see {@link Reading}) is ended with a 408 and its memory goes to the one that needs it;
 * if none is overdue, the one that needs it is refused with a 429. An eighth of the budget is left
 * to bodies that arrive in one piece, as those of single events do.
 *
 * <p>All readers of one budget should be one. Safe for use by several threads.
 */
public final class BodyReader {

  private static final int RESERVE_DIVISOR = 8;

  /**
   * How exactly time is measured. One timer for all readings, none while there is nothing to read.
   */
  private static final int TICK_MILLIS = 250;

  private final int limit;
  private final Duration timeout;
  private final Scheduler timer;
  private final Scheduler workers;
  private final Set<Reading> readings = ConcurrentHashMap.newKeySet();
  private final AtomicLong now = new AtomicLong();
  private final AtomicBoolean ticking = new AtomicBoolean();

  /**
   * Creates a reader that uses the schedulers of Reactor.
   *
   * @param limit bytes of a body after decompression
   * @param timeout how long a body may take to arrive
   */
  public BodyReader(int limit, Duration timeout) {
    this(limit, timeout, Schedulers.boundedElastic(), Schedulers.parallel());
  }

  /**
   * Creates a reader.
   *
   * @param limit bytes of a body after decompression
   * @param timeout how long a body may take to arrive
   * @param workers decompress bodies
   * @param timer measures time, to a quarter of a second
   */
  public BodyReader(int limit, Duration timeout, Scheduler workers, Scheduler timer) {
    this.limit = limit;
    this.timeout = timeout;
    this.workers = workers;
    this.timer = timer;
  }

  /**
   * Reads the body of {@code request}, decompressed if it is gzip.
   *
   * @param share holds the memory of the body and must stay open as long as the body is used
   * @return the body, possibly empty; fails with {@link ProblemException}, before the first byte is
   *     read if the header says enough. Comes on the thread of the connection, or on a worker if it
   *     was decompressed
   */
  public Mono<Body> read(ServerHttpRequest request, MemoryBudget.Share share) {
    return Mono.defer(() ->
        switch (ContentCoding.of(request.getHeaders())) {
          case IDENTITY -> receive(request, share);
          case GZIP ->
              receive(request, share).publishOn(workers).map(file -> decompress(file, share));
        });
  }

  private Mono<Body> receive(ServerHttpRequest request, MemoryBudget.Share share) {
    long declared = request.getHeaders().getContentLength();
    if (declared > limit) {
      throw Body.tooLarge(limit);
    }
    int expected = declared < 0 ? limit : (int) declared;
    return Mono.create(result -> {
      Reading reading = new Reading(this, share, result, limit, expected);
      result.onDispose(reading);
      begin(reading);
      request.getBody().subscribe(reading);
    });
  }

  private Body decompress(Body file, MemoryBudget.Share share) {
    int inUse = file.bytes().length + file.length();
    Body content = new Body(limit, size -> reserve(null, share, (long) inUse + size, 0));
    Gunzip.decompress(file, content);
    share.lowerTo(content.bytes().length);
    return content;
  }

  /** Returns the time in milliseconds, since some moment, as far as there was anything to read. */
  long now() {
    return now.get();
  }

  /**
   * Reserves {@code bytes} for {@code reading}, at the cost of bodies that are overdue if need be.
   *
   * @param atOnce whether the reading has ended with what it needs them for
   * @throws ProblemException if there is no room
   */
  void reserve(Reading reading, MemoryBudget.Share share, int bytes, boolean atOnce) {
    long most = share.capacity() - limit;
    long reserve = atOnce ? 0 : Math.max(0, Math.min(share.capacity() / RESERVE_DIVISOR, most));
    reserve(reading, share, bytes, reserve);
  }

  private void reserve(
      @Nullable Reading reading, MemoryBudget.Share share, long bytes, long reserve) {
    while (!share.raiseTo(bytes, reserve)) {
      Reading overdue = mostOverdue();
      if (overdue == null) {
        throw MemoryBudget.exhausted();
      }
      if (overdue == reading) {
        throw tooSlow();
      }
      overdue.end(tooSlow());
    }
  }

  private @Nullable Reading mostOverdue() {
    Reading most = null;
    for (Reading reading : readings) {
      if (reading.holdsMemory()
          && reading.dueAt() < now()
          && (most == null || reading.dueAt() < most.dueAt())) {
        most = reading;
      }
    }
    return most;
  }

  private void begin(Reading reading) {
    readings.add(reading);
    if (!ticking.get() && ticking.compareAndSet(false, true)) {
      scheduleTick();
    }
  }

  /** Returns whether {@code reading} was under way until now. */
  boolean forget(Reading reading) {
    return readings.remove(reading);
  }

  private void scheduleTick() {
    timer.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    long time = now.addAndGet(TICK_MILLIS);
    for (Reading reading : readings) {
      if (time - reading.startedAt() > timeout.toMillis()) {
        reading.end(timedOut());
      }
    }
    if (!readings.isEmpty()) {
      scheduleTick();
      return;
    }
    ticking.set(false);
    if (!readings.isEmpty() && ticking.compareAndSet(false, true)) {
      scheduleTick();
    }
  }

  private static ProblemException tooSlow() {
    return new ProblemException(
        ProblemType.BODY_TIMED_OUT,
        "The body arrived at less than %,d bytes per second while other requests needed its memory."
                .formatted(Reading.MIN_BYTES_PER_SECOND)
            + " Nothing was stored. Send it faster, or fewer events at once.");
  }

  private ProblemException timedOut() {
    return new ProblemException(
        ProblemType.BODY_TIMED_OUT,
        "The body did not arrive within %d seconds. Send fewer events at once."
            .formatted(timeout.toSeconds()));
  }
}
