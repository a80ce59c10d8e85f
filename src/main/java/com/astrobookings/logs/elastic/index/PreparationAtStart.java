package com.astrobookings.logs.elastic.index;

import com.astrobookings.logs.elastic.wire.Failures;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Prepares the existing indices and creates that of the current month before the first request, so
 * that dashboards and rules of a new installation find the fields they name. Without Elasticsearch
 * the service starts all the same and prepares them later; only a change that can never succeed
 * stops the start.
 */
@Component
final class PreparationAtStart implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(PreparationAtStart.class);
  private static final Duration PREPARATION_TIMEOUT = Duration.ofSeconds(10);

  private final IndexKeeper keeper;
  private final Clock clock;
  private volatile boolean running;

  PreparationAtStart(IndexKeeper keeper, Clock clock) {
    this.keeper = keeper;
    this.clock = clock;
  }

  /** Blocks the starting thread for at most {@link #PREPARATION_TIMEOUT}. */
  @Override
  public void start() {
    MonthIndex current = MonthIndex.of(clock.instant());
    Future<?> preparation = keeper.prepared().then(keeper.createIfMissing(current)).toFuture();
    try {
      preparation.get(PREPARATION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof IncompatibleMappingException impossible) {
        throw impossible;
      }
      startAnyway(failure.getCause() == null ? failure : failure.getCause());
    } catch (TimeoutException failure) {
      startAnyway(failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      startAnyway(failure);
    }
    running = true;
  }

  private static void startAnyway(Throwable failure) {
    log.warn(
        "Elasticsearch is not ready; the indices are prepared before the first write: {}",
        Failures.describe(failure));
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the web server, which starts late. */
  @Override
  public int getPhase() {
    return 0;
  }
}
