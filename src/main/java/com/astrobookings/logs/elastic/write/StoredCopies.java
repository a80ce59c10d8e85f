package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.elastic.wire.Documents;
import com.astrobookings.logs.elastic.wire.Documents.Found;
import com.astrobookings.logs.elastic.wire.Documents.Place;
import com.astrobookings.logs.elastic.wire.Failures;
import com.astrobookings.logs.store.WriteOutcome.Unavailable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Compares events with those that were stored earlier under their ids. */
final class StoredCopies {

  private final Documents documents;

  StoredCopies(Documents documents) {
    this.documents = documents;
  }

  /**
   * An event that met another one in its place.
   *
   * @param index the index that holds the other one
   */
  record Existing(NewDocument document, String index) {

    String id() {
      return document.id();
    }

    Place place() {
      return new Place(index, id());
    }
  }

  /**
   * Says what each event means; never fails.
   *
   * @param repeated whether an attempt of ours went before of which we never heard the answer
   * @return by id
   */
  Mono<Map<String, Written>> compare(List<Existing> events, boolean repeated) {
    Flux<Written> compared =
        documents
            .at(events.stream().map(Existing::place).toList())
            .zipWithIterable(events, (found, ours) -> judge(found, ours.document(), repeated));
    return compared
        .zipWithIterable(events)
        .collect(
            HashMap<String, Written>::new, (all, one) -> all.put(one.getT2().id(), one.getT1()))
        .<Map<String, Written>>map(all -> all)
        .onErrorResume(failure -> Mono.just(unknown(events, failure)));
  }

  private static Written judge(Found found, NewDocument ours, boolean repeated) {
    return switch (found) {
      case Found.There(var theirs) -> {
        Written written = Written.compared(ours.event(), theirs, repeated);
        // What is stored may be far larger than the request, so only what is needed is kept.
        yield ours.followed() ? written : Written.not(written.outcome());
      }
      case Found.Nothing() -> unknown("the earlier copy was deleted meanwhile");
      case Found.Unreadable(var reason) -> unknown(reason);
    };
  }

  private static Written unknown(String reason) {
    return Written.not(new Unavailable(false, reason));
  }

  private static Map<String, Written> unknown(List<Existing> events, Throwable failure) {
    Written written = Written.not(Failures.ofWrite(failure));
    Map<String, Written> all = new HashMap<>();
    events.forEach(event -> all.put(event.id(), written));
    return all;
  }
}
