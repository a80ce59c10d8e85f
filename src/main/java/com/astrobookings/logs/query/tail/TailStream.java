package com.astrobookings.logs.query.tail;

import com.astrobookings.logs.store.tail.TailChunk;
import com.astrobookings.logs.store.tail.TailReader;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.channel.AbortedException;

/**
 * The body of one tail: pieces that are read one after the other, each when the one before has been
 * written to the connection, so that a slow client is read for slowly and holds one piece only.
 */
final class TailStream {

  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(15);

  /** How long a client may take to receive one piece, some tens of kilobytes. */
  private static final Duration SEND_TIMEOUT = Duration.ofMinutes(1);

  private static final int RETRY_MILLIS = 2_000;

  private final TailReader reader;
  private final TailMetrics metrics;
  private final Mono<? extends Throwable> end;
  private final Function<Throwable, byte[]> problem;
  private final DataBufferFactory buffers;
  private final Sinks.Empty<Void> stalled = Sinks.empty();

  // Used by one piece at a time.
  private @Nullable Mono<Signal> pending;
  private boolean begun;
  private boolean behind;
  private volatile boolean ended;
  private final Disposable.Swap sending = Disposables.swap();
  private final Disposable.Swap reading = Disposables.swap();

  /** What a stream waits for. */
  private sealed interface Signal {
    record Arrived(TailChunk chunk) implements Signal {}

    record Heartbeat() implements Signal {}

    record End(Throwable reason) implements Signal {}
  }

  /**
   * Creates a stream.
   *
   * @param end gives the reason why the stream must end, if ever
   * @param problem gives the problem document of a reason
   */
  TailStream(
      TailReader reader,
      TailMetrics metrics,
      Mono<? extends Throwable> end,
      Function<Throwable, byte[]> problem,
      DataBufferFactory buffers) {
    this.reader = reader;
    this.metrics = metrics;
    this.end = end;
    this.problem = problem;
    this.buffers = buffers;
  }

  /** Returns the pieces, for one subscriber. */
  Publisher<Publisher<DataBuffer>> pieces() {
    return Flux.generate(sink -> {
      if (ended) {
        sink.complete();
      } else {
        sink.next(Mono.defer(this::piece).flux());
      }
    });
  }

  /** Fails when the client has not received a piece in time. */
  Mono<Void> stalled() {
    return stalled.asMono();
  }

  void close() {
    sending.dispose();
    reading.dispose();
    reader.close();
    metrics.behind().addAndGet(behind ? -1 : 0);
    behind = false;
  }

  private Mono<DataBuffer> piece() {
    sending.update(Disposables.disposed());
    if (ended) {
      return Mono.empty();
    }
    return (begun ? next() : Mono.just(begin()))
        .map(bytes -> {
          sending.update(Mono.delay(SEND_TIMEOUT).subscribe(late -> abort()));
          return buffers.wrap(bytes);
        });
  }

  private void abort() {
    stalled.tryEmitError(new AbortedException("The client of a tail receives nothing"));
  }

  private byte[] begin() {
    begun = true;
    return EventMessages.start(reader.start(), RETRY_MILLIS);
  }

  private Mono<byte[]> next() {
    Mono<Signal> next = pending;
    if (next == null) {
      next = read();
      pending = next;
    }
    return Mono.firstWithSignal(
            next,
            end.map(Signal.End::new),
            Mono.delay(HEARTBEAT_INTERVAL).map(late -> new Signal.Heartbeat()))
        .map(this::bytes);
  }

  /** What it reads stays when a heartbeat comes first: it must not be cancelled, nor lost. */
  private Mono<Signal> read() {
    Sinks.One<Signal> read = Sinks.one();
    reading.update(
        reader
            .next()
            .subscribe(
                chunk -> read.tryEmitValue(new Signal.Arrived(chunk)),
                failure -> read.tryEmitValue(new Signal.End(failure))));
    return read.asMono();
  }

  private byte[] bytes(Signal signal) {
    noteBehind();
    return switch (signal) {
      case Signal.Heartbeat() ->
          EventMessages.comment(
              reader.isWaitingForStore()
                  ? "the event store does not answer, waiting"
                  : "heartbeat");
      case Signal.Arrived(var chunk) -> {
        pending = null;
        metrics.sent(chunk.events());
        yield chunk.events() == 0 ? EventMessages.progress(chunk.end()) : chunk.bytes();
      }
      case Signal.End(var reason) -> {
        ended = true;
        yield EventMessages.problem(problem.apply(reason));
      }
    };
  }

  private void noteBehind() {
    if (behind != reader.isBehind()) {
      behind = !behind;
      metrics.behind().addAndGet(behind ? 1 : -1);
    }
  }
}
