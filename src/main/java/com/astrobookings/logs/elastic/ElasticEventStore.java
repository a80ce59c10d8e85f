package com.astrobookings.logs.elastic;

import com.astrobookings.logs.elastic.read.EventReader;
import com.astrobookings.logs.elastic.write.EventWriter;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.ContextRequest;
import com.astrobookings.logs.store.EventContext;
import com.astrobookings.logs.store.EventExport;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventQuery;
import com.astrobookings.logs.store.EventStore;
import com.astrobookings.logs.store.PageRequest;
import com.astrobookings.logs.store.RefreshPolicy;
import com.astrobookings.logs.store.WriteOutcome;
import com.astrobookings.logs.store.memory.ReadMemory;
import com.astrobookings.logs.store.stats.EventStats;
import com.astrobookings.logs.store.stats.StatsRequest;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The store on Elasticsearch. */
final class ElasticEventStore implements EventStore {

  private final EventWriter writer;
  private final EventReader reader;

  ElasticEventStore(EventWriter writer, EventReader reader) {
    this.writer = writer;
    this.reader = reader;
  }

  @Override
  public Mono<List<WriteOutcome>> write(
      List<StoredEvent> events, RefreshPolicy refresh, Duration within) {
    return writer.write(events, refresh, within);
  }

  @Override
  public Mono<StoredEvent> find(String id, @Nullable YearMonth month, ReadMemory.Share memory) {
    return reader.find(id, month, memory);
  }

  @Override
  public Mono<EventPage> search(EventQuery query, PageRequest page, ReadMemory.Share memory) {
    return reader.search(query, page, memory);
  }

  @Override
  public Mono<Void> export(
      EventQuery query, String reader, Function<EventExport, ? extends Publisher<Void>> use) {
    return this.reader.export(query, reader, use);
  }

  @Override
  public Mono<EventContext> context(
      EventQuery query, ContextRequest request, ReadMemory.Share memory) {
    return reader.context(query, request, memory);
  }

  @Override
  public Mono<EventStats> stats(EventQuery query, StatsRequest request, ReadMemory.Share memory) {
    return reader.stats(query, request, memory);
  }
}
