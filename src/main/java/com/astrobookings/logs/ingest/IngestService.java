package com.astrobookings.logs.ingest;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.trace.TraceContext;
import com.astrobookings.logs.ingest.spooling.SpooledWrites;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import com.astrobookings.logs.web.UnavailabilityLog;
import com.astrobookings.logs.web.body.Body;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Decodes a body, writes its events and returns their statuses, in time. */
final class IngestService {

  /** Bodies up to this size are decoded on the event loop; larger ones would delay its others. */
  static final int MAX_EVENT_LOOP_BYTES = 8 * 1024;

  private final EventBatchDecoder decoder;
  private final Scheduler workers;
  private final EventStore store;
  private final GroupCommit groupCommit;
  private final Clock clock;
  private final IngestMetrics metrics;
  private final UnavailabilityLog refusals;
  private final @Nullable SpooledWrites spool;

  /**
   * Creates a service.
   *
   * @param workers decode and encode the events of large bodies
   * @param spool takes the events that the store is unavailable to; without one they are refused
   */
  IngestService(
      EventBatchDecoder decoder,
      Scheduler workers,
      EventStore store,
      Clock clock,
      IngestMetrics metrics,
      UnavailabilityLog refusals,
      @Nullable SpooledWrites spool) {
    this.decoder = decoder;
    this.workers = workers;
    this.store = store;
    this.groupCommit = new GroupCommit(store, Schedulers.parallel());
    this.clock = clock;
    this.metrics = metrics;
    this.refusals = refusals;
    this.spool = spool;
  }

  /**
   * Decodes the whole body, then writes its valid events.
   *
   * @param executor completes the response to a small body, whose events are written together with
   *     those of other requests: the event loop of its connection
   * @return one status for each event; fails with {@link ProblemException} if the body has no
   *     events or is not decoded in time, in which case nothing was stored
   */
  Mono<IngestResponse> ingest(
      Body body, BodyFormat format, RefreshPolicy refresh, Executor executor) {
    return Mono.defer(() -> {
      Instant receivedAt = clock.instant();
      WriteDeadline deadline = new WriteDeadline(receivedAt, clock);
      return body.length() > MAX_EVENT_LOOP_BYTES
          ? ingestLarge(body, format, refresh, deadline)
          : TraceContext.call(() -> decoder.decode(body, format, receivedAt))
              .flatMap(batch ->
                  refresh == RefreshPolicy.NONE
                      ? respond(
                          batch, deadline, events -> groupCommit.write(events, deadline, executor))
                      : respond(
                          batch,
                          deadline,
                          events -> store.write(events, refresh, deadline.remaining())));
    });
  }

  private Mono<IngestResponse> ingestLarge(
      Body body, BodyFormat format, RefreshPolicy refresh, WriteDeadline deadline) {
    return TraceContext.call(() -> decoder.decode(body, format, deadline.receivedAt()))
        .subscribeOn(workers)
        .timeout(WriteDeadline.DECODE_TIMEOUT)
        .onErrorMap(TimeoutException.class, late -> notDecoded())
        .flatMap(batch ->
            respond(batch, deadline, events -> store.write(events, refresh, deadline.remaining())))
        .publishOn(Schedulers.parallel());
  }

  private static ProblemException notDecoded() {
    return new ProblemException(
        ProblemType.OVERLOADED,
        "Other requests keep the service so busy that it did not come to this one. Nothing was"
            + " stored. Send it again later, or in smaller parts.");
  }

  private Mono<IngestResponse> respond(
      EventBatch batch,
      WriteDeadline deadline,
      Function<List<StoredEvent>, Mono<List<WriteOutcome>>> write) {
    List<StoredEvent> events = batch.events();
    Mono<List<WriteOutcome>> outcomes;
    if (events.isEmpty()) {
      outcomes = Mono.just(List.of());
    } else if (spool == null) {
      outcomes = write.apply(events);
    } else {
      outcomes = spool.write(events, deadline::remaining, write);
    }
    return metrics.count(
        batch.items().size(),
        outcomes.flatMap(all ->
            TraceContext.call(() -> {
              log(all);
              return IngestResponse.of(batch, all);
            })));
  }

  /** The reasons are for operators; producers only learn that they have to send again. */
  private void log(List<WriteOutcome> outcomes) {
    int refused = 0;
    String reason = "";
    for (WriteOutcome outcome : outcomes) {
      if (outcome instanceof WriteOutcome.Unavailable unavailable) {
        reason = refused++ == 0 ? unavailable.reason() : reason;
      }
    }
    if (outcomes.isEmpty()) {
      return; // the store was not asked
    }
    if (refused == 0) {
      refusals.taken();
    } else {
      refusals.refused(refused, reason);
    }
  }
}
