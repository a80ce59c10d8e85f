package com.astrobookings.logs.elastic.index;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch.indices.FlushRequest;
import co.elastic.clients.elasticsearch.indices.GetIndicesSettingsRequest;
import co.elastic.clients.elasticsearch.indices.GetIndicesSettingsResponse;
import co.elastic.clients.elasticsearch.indices.IndexSettings;
import co.elastic.clients.elasticsearch.indices.PutIndicesSettingsRequest;
import co.elastic.clients.elasticsearch.indices.TranslogDurability;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.elastic.wire.Requests;
import com.astrobookings.logs.event.trace.TraceContext;
import com.astrobookings.logs.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Ensures that Elasticsearch acknowledges writes after fsync only. The setting {@code
 * index.translog.durability} can be changed at any time. It is checked before a write, unless it
 * was checked within the last seconds, and set back if it was changed; if that fails, the month
 * takes no events. Safe for use by several threads.
 */
public final class Durability {

  private static final Logger log = LoggerFactory.getLogger(Durability.class);

  private static final String SETTING = "index.translog.durability";
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  /** How long a failure is returned to all callers without another request. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  /** The time-out of Elasticsearch for one request. */
  private static final Time ELASTICSEARCH_TIMEOUT = Time.of(t -> t.time("3s"));

  /** Longer than {@link #ELASTICSEARCH_TIMEOUT}. */
  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(4);

  private final ElasticsearchAsyncClient client;
  private final Duration remembered;
  private final ConcurrentMap<MonthIndex, Mono<Boolean>> checks = new ConcurrentHashMap<>();
  private final Set<MonthIndex> changed = ConcurrentHashMap.newKeySet();

  /** Looks through {@code client} every few seconds at most. */
  public Durability(ElasticsearchAsyncClient client) {
    this(client, MAX_AGE);
  }

  /**
   * Looks through {@code client}.
   *
   * @param remembered for how long it relies on what it saw
   */
  public Durability(ElasticsearchAsyncClient client, Duration remembered) {
    this.client = client;
    this.remembered = remembered;
  }

  /**
   * Completes when what is acknowledged for {@code month} is on disk, also if its index does not
   * exist yet; fails with {@link StoreUnavailableException} if that cannot be achieved, and with
   * whatever the client fails with.
   */
  public Mono<Void> ensure(MonthIndex month) {
    return Mono.defer(() -> checks.computeIfAbsent(month, this::check)).then();
  }

  private Mono<Boolean> check(MonthIndex month) {
    return call(() -> client.indices().getSettings(question(month)))
        .flatMap(found -> isDurable(found) ? unchanged(month) : restore(month))
        .onErrorMap(Failures::isRefusal, failure -> lax(month, failure))
        .thenReturn(true)
        .cache(done -> remembered, failure -> PAUSE_AFTER_FAILURE, () -> Duration.ZERO);
  }

  private static GetIndicesSettingsRequest question(MonthIndex month) {
    return GetIndicesSettingsRequest.of(s ->
        s.index(month.name())
            .name(SETTING)
            .ignoreUnavailable(true)
            .masterTimeout(ELASTICSEARCH_TIMEOUT));
  }

  private static boolean isDurable(GetIndicesSettingsResponse found) {
    return found.settings().entrySet().stream()
        .allMatch(index -> IndexCondition.of(index.getKey(), index.getValue()).durable());
  }

  private Mono<Void> unchanged(MonthIndex month) {
    changed.remove(month);
    return Mono.empty();
  }

  private Mono<Void> restore(MonthIndex month) {
    return TraceContext.run(() -> logFirst(month))
        .then(call(() -> client.indices().putSettings(writeThrough(month))))
        .then(flush(month))
        .then(TraceContext.run(() -> restored(month)));
  }

  private void logFirst(MonthIndex month) {
    if (changed.add(month)) {
      log.warn(
          "{} of {} was set to async: acknowledged events could be lost. Setting it back.",
          SETTING,
          month);
    }
  }

  private static PutIndicesSettingsRequest writeThrough(MonthIndex month) {
    return PutIndicesSettingsRequest.of(s ->
        s.index(month.name())
            .settings(
                IndexSettings.of(i -> i.translog(t -> t.durability(TranslogDurability.Request))))
            .masterTimeout(ELASTICSEARCH_TIMEOUT)
            .timeout(ELASTICSEARCH_TIMEOUT));
  }

  /** Puts on disk what was acknowledged meanwhile; if it fails, the next write does the same. */
  private Mono<Void> flush(MonthIndex month) {
    return call(() -> client.indices().flush(FlushRequest.of(f -> f.index(month.name()))))
        .onErrorComplete()
        .then();
  }

  private void restored(MonthIndex month) {
    changed.remove(month);
    log.info("{} acknowledges writes after fsync again", month);
  }

  private static StoreUnavailableException lax(MonthIndex month, Throwable failure) {
    return new StoreUnavailableException(
        "%s of %s cannot be ensured, so no event is taken for that month: %s"
            .formatted(SETTING, month, Failures.describe(failure)),
        failure);
  }

  private static <T> Mono<T> call(Supplier<CompletableFuture<T>> request) {
    return Requests.repeatable(request).timeout(CLIENT_TIMEOUT);
  }
}
