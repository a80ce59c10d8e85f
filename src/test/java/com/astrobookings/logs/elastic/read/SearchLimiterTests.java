package com.astrobookings.logs.elastic.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.store.memory.NoRoomException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class SearchLimiterTests {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final SearchLimiter limiter = new SearchLimiter(4, TIMEOUT);
  private final List<String> started = new ArrayList<>();

  /** A search that has been asked for. */
  private final class Search {
    private final Sinks.Empty<Void> answer = Sinks.empty();
    private final Disposable subscription;

    Search(String caller, String name) {
      subscription =
          limiter
              .limit(
                  caller,
                  Mono.defer(() -> {
                    started.add(name);
                    return answer.asMono();
                  }))
              .subscribe(nothing -> {}, failure -> {});
    }

    void ends() {
      answer.tryEmitEmpty();
    }

    void fails() {
      answer.tryEmitError(new IllegalStateException());
    }

    void isCancelled() {
      subscription.dispose();
    }
  }

  @Test
  void leavesHalfOfThePlacesToOthers() {
    List.of("a1", "a2", "a3").forEach(name -> new Search("a", name));
    List.of("b1", "b2", "b3").forEach(name -> new Search("b", name));

    assertThat(started).containsExactly("a1", "a2", "b1", "b2");
  }

  @Test
  void givesAPlaceToWhoHasTheFewestAndAmongThemToWhoWaitsLongest() {
    List<Search> first = List.of(new Search("a", "a1"), new Search("a", "a2"));
    List<Search> second = List.of(new Search("b", "b1"), new Search("b", "b2"));
    List.of("a3", "a4").forEach(name -> new Search("a", name));
    new Search("c", "c1");
    new Search("d", "d1");
    started.clear();

    first.getFirst().ends();
    assertThat(started).containsExactly("c1");
    second.getFirst().fails();
    assertThat(started).containsExactly("c1", "d1");
    first.getLast().isCancelled();
    assertThat(started).containsExactly("c1", "d1", "a3");
    second.getLast().ends();
    assertThat(started).containsExactly("c1", "d1", "a3", "a4");
  }

  @Test
  void forgetsWhoeverDoesNotWaitAnyLonger() {
    Search running = new Search("a", "a1");
    new Search("a", "a2");
    new Search("a", "a3").isCancelled();
    new Search("a", "a4");
    started.clear();

    running.ends();
    running.isCancelled();

    assertThat(started).containsExactly("a4");
  }

  @Test
  void givesBackEveryPlaceOnce() {
    for (int round = 0; round < 3; round++) {
      started.clear();
      List<Search> searches =
          List.of(
              new Search("a", "a1"),
              new Search("b", "b1"),
              new Search("a", "a2"),
              new Search("b", "b2"),
              new Search("c", "c1"));
      assertThat(started).hasSize(4);
      searches.getFirst().isCancelled();
      assertThat(started).hasSize(5);
      searches.forEach(Search::fails);
      searches.forEach(Search::isCancelled);
    }
  }

  @Test
  void startsAnyNumberOfSearchesThatEndAtOnce() {
    Search first = new Search("a", "a1");
    Search second = new Search("a", "a2");
    List<String> ended = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      limiter.limit("a", Mono.just("done")).subscribe(ended::add);
    }

    second.ends();

    assertThat(ended).hasSize(20_000);
    first.ends();
  }

  @Test
  void refusesASearchThatWaitsForTooLong() {
    StepVerifier.withVirtualTime(
            () -> {
              SearchLimiter one = new SearchLimiter(1, TIMEOUT);
              one.limit("a", Mono.never()).subscribe();
              return one.limit("b", Mono.just("never asked for"));
            })
        .expectSubscription()
        .expectNoEvent(TIMEOUT.minusMillis(1))
        .thenAwait(Duration.ofMillis(1))
        .verifyError(NoRoomException.class);
  }
}
