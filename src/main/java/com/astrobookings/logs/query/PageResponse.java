package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventJson;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.text.Names;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventPage.Total;
import com.astrobookings.logs.store.EventQuery;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The response to a request for a page, or for the events around one.
 *
 * @param query what was requested
 * @param page what was found
 * @param personal whether personal data is shown
 * @param index the position in the page of the event around which the others are; null in a list
 * @param previous the cursor of the page before, in the reverse order; null if there is none
 * @param next the cursor of the following page; null if nothing follows
 */
record PageResponse(
    EventQuery query,
    EventPage page,
    boolean personal,
    @Nullable Integer index,
    @Nullable String previous,
    @Nullable String next) {

  /** How long a client may take to receive a page, which lies in memory meanwhile. */
  private static final Duration SEND_TIMEOUT = Duration.ofMinutes(1);

  private static final JsonFactory JSON = new JsonFactory();
  private static final int CHUNK_SIZE = 32 * 1024;

  /** Returns the response to a request for a page. */
  static PageResponse of(
      EventQuery query, EventPage page, boolean personal, @Nullable String next) {
    return new PageResponse(query, page, personal, null, null, next);
  }

  /**
   * Sends the response. Fails if the client has not received it within {@link #SEND_TIMEOUT}; what
   * it is made of is not used any longer when this ends.
   */
  Mono<Void> send(ServerHttpResponse response) {
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    response.getHeaders().setCacheControl(CacheControl.noStore());
    return response.writeWith(json(response.bufferFactory())).timeout(SEND_TIMEOUT);
  }

  /**
   * Writes the response as JSON, one chunk at each request of the subscriber, so that it is never
   * held whole.
   */
  Flux<DataBuffer> json(DataBufferFactory buffers) {
    return Flux.generate(
        () -> new Writer(this),
        (writer, sink) -> writer.proceed(sink, buffers),
        writer -> writer.generator.close());
  }

  private static final class Writer {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK_SIZE + 4 * 1024);
    private final JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes);
    private final Iterator<StoredEvent> events;
    private final PageResponse response;

    Writer(PageResponse response) {
      this.events = response.page().events().iterator();
      this.response = response;
      begin(response.query(), response.page().total());
    }

    private void begin(EventQuery query, @Nullable Total total) {
      generator.writeStartObject();
      writeBound("from", query.from());
      writeBound("to", query.to());
      generator.writeStringProperty("order", Names.lowerCase(query.order()));
      if (total != null) {
        generator.writeName("total");
        generator.writeStartObject();
        generator.writeNumberProperty("value", total.value());
        generator.writeStringProperty("relation", total.exact() ? "eq" : "gte");
        generator.writeEndObject();
      }
      if (response.index() != null) {
        generator.writeNumberProperty("index", response.index());
      }
      generator.writeName("logs");
      generator.writeStartArray();
    }

    private void writeBound(String name, @Nullable Instant bound) {
      if (bound != null) {
        generator.writeStringProperty(name, bound.toString());
      }
    }

    Writer proceed(SynchronousSink<DataBuffer> sink, DataBufferFactory buffers) {
      while (events.hasNext() && bytes.size() < CHUNK_SIZE) {
        EventJson.write(generator, events.next(), response.personal());
      }
      boolean whole = !events.hasNext();
      if (whole) {
        end();
      }
      generator.flush();
      sink.next(buffers.wrap(bytes.toByteArray()));
      bytes.reset();
      if (whole) {
        sink.complete();
      }
      return this;
    }

    private void end() {
      generator.writeEndArray();
      writeCursor("previous", response.previous());
      writeCursor("next", response.next());
      generator.writeEndObject();
    }

    private void writeCursor(String name, @Nullable String cursor) {
      if (cursor != null) {
        generator.writeStringProperty(name, cursor);
      }
    }
  }
}
