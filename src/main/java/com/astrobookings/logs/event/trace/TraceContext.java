package com.astrobookings.logs.event.trace;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Carries the trace id of a request in the Reactor context, and puts it into the MDC where a line
 * of the log is written for that request. Nothing is propagated between threads automatically: code
 * that logs after it has waited for something runs inside {@link #call}, {@link #defer} or {@link
 * #run}.
 */
public final class TraceContext {

  /** The key of the trace id in the Reactor context and in the MDC. */
  public static final String KEY = "traceId";

  private static final int MAX_JOINED = 8;

  private TraceContext() {}

  /**
   * Gives {@code source} a trace id: in its Reactor context, and in the MDC while it is subscribed
   * to, which is as long as its code runs on the subscribing thread without waiting.
   */
  public static <T> Mono<T> trace(Mono<T> source, String traceId) {
    return new Traced<>(source.contextWrite(context -> context.put(KEY, traceId)), traceId);
  }

  /**
   * Calls {@code work} at each subscription, with the subscriber's trace id in the MDC.
   *
   * @param work runs on the subscribing thread; what it throws is the error of the Mono, and null
   *     completes it empty
   */
  public static <T> Mono<T> call(Supplier<? extends @Nullable T> work) {
    return defer(() -> Mono.justOrEmpty(work.get()));
  }

  /** Calls {@code work} as {@link #call} does, and subscribes to the Mono that it returns. */
  public static <T> Mono<T> defer(Supplier<Mono<T>> work) {
    return Mono.deferContextual(context -> {
      try (var _ = open(context)) {
        return work.get();
      }
    });
  }

  /** Runs {@code work} as {@link #call} does, and completes empty. */
  public static <T> Mono<T> run(Runnable work) {
    return call(() -> {
      work.run();
      return null;
    });
  }

  /**
   * Gives work that several requests share the trace ids of all of them, separated by spaces; from
   * the ninth on they are left out.
   */
  public static Context join(Context context, List<? extends ContextView> requests) {
    String ids =
        requests.stream()
            .filter(request -> request.hasKey(KEY))
            .limit(MAX_JOINED)
            .map(request -> request.<String>get(KEY))
            .collect(Collectors.joining(" "));
    return ids.isEmpty() ? context : context.put(KEY, ids);
  }

  private static Scope open(ContextView context) {
    return open(context.hasKey(KEY) ? context.<String>get(KEY) : null);
  }

  private static Scope open(@Nullable String traceId) {
    Scope scope = new Scope(MDC.get(KEY));
    if (traceId != null) {
      MDC.put(KEY, traceId);
    }
    return scope;
  }

  /** Gives the MDC of this thread, when closed, the trace id that it had before. */
  private record Scope(@Nullable String before) implements AutoCloseable {

    @Override
    public void close() {
      if (before == null) {
        MDC.remove(KEY);
      } else {
        MDC.put(KEY, before);
      }
    }
  }

  private static final class Traced<T> extends MonoOperator<T, T> {

    private final String traceId;

    Traced(Mono<T> source, String traceId) {
      super(source);
      this.traceId = traceId;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
      try (var _ = open(traceId)) {
        source.subscribe(actual);
      }
    }
  }
}
