package com.astrobookings.logs.store.tail;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.value.InvalidValueException;
import java.io.ByteArrayOutputStream;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A tail of what tests append. It knows one history; a position of another one is gone. */
public final class InMemoryEventTail implements EventTail {

  private static final YearMonth MONTH = YearMonth.of(2024, 8);
  private static final int HISTORY = 7;

  private final List<StoredEvent> events = new ArrayList<>();
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String unevaluable;
  private final AtomicInteger pending = new AtomicInteger();
  private volatile boolean waiting;

  /** Returns a position of the history, or of another one. */
  public static TailPosition position(boolean known, long last) {
    return new TailPosition(
        List.of(new TailPosition.Month(MONTH, known ? HISTORY : -HISTORY, List.of(last))), 0);
  }

  /** Appends an event, which every reader receives. */
  public synchronized void append(StoredEvent event) {
    events.add(event);
    readers.forEach(Reader::wake);
  }

  /** Fails the readers. */
  public void fail(Throwable failure) {
    readers.forEach(reader -> reader.fail(failure));
  }

  /** Refuses queries from now on, for this reason. */
  public void refuse(@Nullable String reason) {
    unevaluable = reason;
  }

  /** Tells readers that the store does not answer. */
  public void waitForStore(boolean waits) {
    waiting = waits;
  }

  /** How many readers wait for an event. */
  public int pending() {
    return pending.get();
  }

  /** How many readers are open. */
  public int open() {
    return readers.size();
  }

  @Override
  public synchronized Mono<TailReader> open(TailRequest request, TailEncoder encoder) {
    String reason = unevaluable;
    if (reason != null) {
      return Mono.error(new InvalidValueException(reason));
    }
    TailPosition after = request.after();
    if (after == null) {
      return Mono.just(new Reader(encoder, events.size()));
    }
    return after.months().getFirst().history() == HISTORY
        ? Mono.just(new Reader(encoder, (int) (after.months().getFirst().last().getFirst() + 1)))
        : Mono.error(new PositionGoneException("The events of 2024-08 were restored."));
  }

  private synchronized @Nullable StoredEvent at(int index) {
    return index < events.size() ? events.get(index) : null;
  }

  private final class Reader implements TailReader {
    private final TailEncoder encoder;
    private final TailPosition start;
    private int next;
    private volatile Sinks.One<Boolean> woken = Sinks.one();

    Reader(TailEncoder encoder, int next) {
      this.encoder = encoder;
      this.next = next;
      this.start = position(true, next - 1);
      readers.add(this);
    }

    void wake() {
      woken.tryEmitValue(true);
    }

    void fail(Throwable failure) {
      woken.tryEmitError(failure);
    }

    @Override
    public TailPosition start() {
      return start;
    }

    @Override
    public Mono<TailChunk> next() {
      return Mono.defer(() -> {
        StoredEvent event = at(next);
        if (event != null) {
          return Mono.just(chunk(event));
        }
        return woken.asMono().doOnNext(again -> woken = Sinks.one()).then(Mono.defer(this::next));
      });
    }

    private TailChunk chunk(StoredEvent event) {
      TailPosition end = position(true, next++);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      encoder.encode(event, end.encode(), bytes);
      return new TailChunk(bytes.toByteArray(), 1, end);
    }

    @Override
    public boolean isWaitingForStore() {
      return waiting;
    }

    @Override
    public boolean isBehind() {
      return false;
    }

    @Override
    public void close() {
      readers.remove(this);
    }
  }
}
