package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventJson;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.text.Names;
import com.astrobookings.logs.store.EventPage;
import com.astrobookings.logs.store.EventPage.Total;
import com.astrobookings.logs.store.EventQuery;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The response to a request for a page.
 *
 * @param query what was requested
 * @param page what was found
 * @param personal whether personal data is shown
 * @param next the cursor of the following page; null if nothing follows
 */
record PageResponse(EventQuery query, EventPage page, boolean personal, @Nullable String next) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int CHUNK_SIZE = 32 * 1024;

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
    private final @Nullable String next;
    private final boolean personal;

    Writer(PageResponse response) {
      this.events = response.page().events().iterator();
      this.next = response.next();
      this.personal = response.personal();
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
        EventJson.write(generator, events.next(), personal);
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
      if (next != null) {
        generator.writeStringProperty("next", next);
      }
      generator.writeEndObject();
    }
  }
}
