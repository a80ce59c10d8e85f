package com.astrobookings.logs.elastic.wire;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch.core.MgetRequest;
import co.elastic.clients.elasticsearch.core.mget.MultiGetOperation;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import com.astrobookings.logs.event.StoredEvent;
import java.util.List;
import reactor.core.publisher.Flux;

/** Reads documents by id as they are now, whether searches see them already or not. */
public final class Documents {

  /** Even of the largest documents, the client buffers the answer with so many. */
  private static final int MAX_DOCUMENTS = 250;

  private final ElasticsearchAsyncClient client;

  /** Reads through {@code client}. */
  public Documents(ElasticsearchAsyncClient client) {
    this.client = client;
  }

  /** Where a document may be. */
  public record Place(String index, String id) {}

  /** What is in a place. */
  public sealed interface Found {

    /** An event. */
    record There(StoredEvent event) implements Found {}

    /** No document, or no index. */
    record Nothing() implements Found {}

    /**
     * Something that cannot be read now, or not by us.
     *
     * @param reason why, for operators
     */
    record Unreadable(String reason) implements Found {}
  }

  /**
   * Looks into places.
   *
   * @return what is in each, in the order of {@code places}; fails with whatever the client fails
   *     with
   */
  public Flux<Found> at(List<Place> places) {
    return Flux.fromIterable(places).buffer(MAX_DOCUMENTS).concatMap(this::some);
  }

  private Flux<Found> some(List<Place> places) {
    MgetRequest request =
        MgetRequest.of(m -> m.docs(places.stream().map(Documents::operation).toList()));
    return Requests.repeatable(() -> client.mget(request, Document.class))
        .flatMapIterable(answer -> answer.docs().stream().map(Documents::judge).toList())
        .onErrorResume(
            failure -> places.size() > 1 && Failures.isAnswerTooLarge(failure),
            failure -> halves(places));
  }

  private Flux<Found> halves(List<Place> places) {
    int half = places.size() / 2;
    return Flux.just(places.subList(0, half), places.subList(half, places.size()))
        .concatMap(this::some);
  }

  private static MultiGetOperation operation(Place place) {
    return MultiGetOperation.of(m -> m.index(place.index()).id(place.id()));
  }

  private static Found judge(MultiGetResponseItem<Document> item) {
    if (item.isResult()) {
      Document document = item.result().source();
      return !item.result().found() || document == null
          ? new Found.Nothing()
          : judge(document, item.result().index(), item.result().id());
    }
    ErrorCause error = item.failure().error();
    return "index_not_found_exception".equals(error.type())
        ? new Found.Nothing()
        : new Found.Unreadable(
            "%s: %s: %s".formatted(item.failure().index(), error.type(), error.reason()));
  }

  private static Found judge(Document document, String index, String id) {
    StoredEvent event = document.event();
    return event == null
        ? new Found.Unreadable(document.complaint(index, id))
        : new Found.There(event);
  }
}
