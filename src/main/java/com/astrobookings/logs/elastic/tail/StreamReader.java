package com.astrobookings.logs.elastic.tail;

import com.astrobookings.logs.elastic.tail.Window.Shared;
import com.astrobookings.logs.elastic.wire.Documents.Place;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.event.value.InvalidValueException;
import com.astrobookings.logs.store.tail.PositionGoneException;
import com.astrobookings.logs.store.tail.TailChunk;
import com.astrobookings.logs.store.tail.TailPosition;
import com.astrobookings.logs.store.tail.TailReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Reads one tail. A reader that is where a window begins shares what is read of it; one that is
 * anywhere else reads by itself, in small parts, until it has caught up.
 */
final class StreamReader implements TailReader {

  /** What a reader that has fallen behind holds in memory at a time, unless one event is larger. */
  private static final int OWN_PART_BYTES = 128 * 1024;

  private static final int SHARED_PART_BYTES = 1024 * 1024;
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(15);

  private static final Duration MIN_PAUSE = Duration.ofMillis(250);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  /** While the store answers polls. */
  private static final int MAX_ATTEMPTS = 5;

  private final SharedPoll poll;
  private final RangeReader ranges;
  private final NewestEvents newestEvents;
  private final Selection selection;
  private final Clock clock;
  private final TailPosition start;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Deque<TailChunk> ready = new ArrayDeque<>();
  private List<Place> newest;
  private TailPosition position;
  private Window window;
  private Instant reported;
  private int attempts;
  private volatile boolean joined;
  private volatile boolean behind;

  /**
   * Creates a reader.
   *
   * @param newest the events that come first
   * @param start of the months of {@code window}
   */
  StreamReader(
      SharedPoll poll,
      RangeReader ranges,
      NewestEvents newestEvents,
      Selection selection,
      Clock clock,
      List<Place> newest,
      TailPosition start,
      Window window) {
    this.poll = poll;
    this.ranges = ranges;
    this.newestEvents = newestEvents;
    this.selection = selection;
    this.clock = clock;
    this.newest = newest;
    this.start = start.remaining(newest.size());
    this.position = start.remaining(0);
    this.window = window;
    this.reported = clock.instant();
  }

  @Override
  public TailPosition start() {
    return start;
  }

  @Override
  public Mono<TailChunk> next() {
    if (!joined) {
      joined = true;
      poll.join();
    }
    return Mono.defer(this::step)
        .repeatWhenEmpty(Integer.MAX_VALUE, steps -> steps)
        .retryWhen(Retry.from(failed -> failed.concatMap(signal -> recover(signal.failure()))));
  }

  @Override
  public boolean isWaitingForStore() {
    return poll.isFailing();
  }

  @Override
  public boolean isBehind() {
    return behind;
  }

  @Override
  public void close() {
    if (joined && !closed.getAndSet(true)) {
      poll.leave();
    }
  }

  /** Gives a chunk, or nothing after it has come nearer to one. */
  private Mono<TailChunk> step() {
    TailChunk chunk = ready.poll();
    if (chunk != null) {
      reported = clock.instant();
      return Mono.just(chunk);
    }
    if (!newest.isEmpty()) {
      return readNewest().then(Mono.empty());
    }
    if (!RangeReader.isEmpty(position, window.to())) {
      behind = true;
      return readAlone().then(Mono.empty());
    }
    Instant now = clock.instant();
    if (now.isAfter(reported.plus(PROGRESS_INTERVAL))) {
      reported = now;
      return Mono.just(TailChunk.progress(position));
    }
    Window following = window.next();
    if (following == null) {
      behind = false;
      return window.awaitNext().then(Mono.empty());
    }
    return enter(following);
  }

  private Mono<TailChunk> enter(Window following) {
    TailPosition aligned = poll.align(position, following);
    if (following.isReleased() || !aligned.equals(following.from())) {
      Window latest = poll.latest();
      position = poll.align(position, latest);
      window = latest;
      return Mono.empty();
    }
    return following
        .read(selection, this::readShared)
        .doOnNext(shared -> {
          attempts = 0;
          position = aligned;
          window = following;
          List<TailChunk> chunks = shared.chunks();
          if (chunks != null) {
            ready.addAll(chunks);
            position = following.to();
          }
        })
        .then(Mono.empty());
  }

  private Mono<Shared> readShared(Window shared) {
    List<TailChunk> chunks = new ArrayList<>();
    return ranges
        .read(selection, shared.from(), shared.to(), SHARED_PART_BYTES)
        .expand(part ->
            RangeReader.isEmpty(part.end(), shared.to())
                ? Mono.empty()
                : ranges.read(selection, part.end(), shared.to(), SHARED_PART_BYTES))
        .concatMapIterable(RangeReader.Part::chunks)
        .all(chunk -> shared.keep(chunk) && chunks.add(chunk))
        .map(whole -> new Shared(whole ? chunks : null));
  }

  private Mono<Void> readAlone() {
    return ranges
        .readShared(selection, position, window.to(), OWN_PART_BYTES)
        .doOnNext(part -> {
          attempts = 0;
          ready.addAll(part.chunks());
          position = part.end();
        })
        .then();
  }

  private Mono<Void> readNewest() {
    return newestEvents
        .read(selection, newest, position)
        .doOnNext(chunks -> {
          attempts = 0;
          newest = newest.subList(NewestEvents.batch(newest), newest.size());
          ready.addAll(chunks);
        })
        .then();
  }

  /**
   * Waits until the store answers polls, then goes on from where the reader is. What the store does
   * not answer even so is a failure.
   */
  private Mono<Window> recover(Throwable failure) {
    if (failure instanceof InvalidValueException || failure instanceof PositionGoneException) {
      return Mono.error(failure);
    }
    attempts++;
    return attempts > MAX_ATTEMPTS
        ? Mono.error(Failures.ofRead(failure))
        : storeAnswers()
            .doOnNext(latest -> {
              position = poll.align(position, latest);
              window = latest;
            });
  }

  private Mono<Window> storeAnswers() {
    return Mono.delay(MIN_PAUSE)
        .then(poll.fresh())
        .retryWhen(Retry.backoff(Long.MAX_VALUE, MIN_PAUSE).maxBackoff(MAX_PAUSE));
  }
}
