package com.astrobookings.logs.query;

import com.astrobookings.logs.event.EventJson;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.event.text.Names;
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

/** A page as JSON, written as fast as it is read and never held whole. */
final class PageJson {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int CHUNK = 32 * 1024;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK + 4 * 1024);
  private final JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes);
  private final Iterator<StoredEvent> events;
  private final @Nullable String next;
  private final boolean personal;

  private PageJson(PageAnswer answer) {
    this.events = answer.page().events().iterator();
    this.next = answer.next();
    this.personal = answer.personal();
    begin(answer.query(), answer.page().total());
  }

  /** The JSON in parts. */
  static Flux<DataBuffer> write(PageAnswer answer, DataBufferFactory buffers) {
    return Flux.generate(
        () -> new PageJson(answer),
        (json, sink) -> json.proceed(sink, buffers),
        json -> json.generator.close());
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

  private PageJson proceed(SynchronousSink<DataBuffer> sink, DataBufferFactory buffers) {
    while (events.hasNext() && bytes.size() < CHUNK) {
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
