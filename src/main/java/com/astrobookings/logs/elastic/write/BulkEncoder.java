package com.astrobookings.logs.elastic.write;

import com.astrobookings.logs.event.EventDocument;
import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.RedactedException;
import com.astrobookings.logs.store.WriteOutcome.Defect;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/**
 * Encodes events as the body of one bulk request: for each event the line {@code
 * {"create":{"_id":"…"}}} and the line of its document, all in one buffer.
 */
final class BulkEncoder {

  /**
   * A bulk ends with the event that reaches this size: enough for Elasticsearch to be fast, and
   * little enough to be answered soon. What is answered before a busy node runs out of time is
   * stored for good.
   */
  private static final int BULK_BYTES = 2 << 20;

  private static final int USUAL_EVENT_BYTES = 640;

  private static final Logger log = LoggerFactory.getLogger(BulkEncoder.class);

  private static final JsonFactory JSON =
      JsonFactory.builder().rootValueSeparator((String) null).build();
  private static final SerializableString CREATE = new SerializedString("create");
  private static final SerializableString ID = new SerializedString("_id");

  private final Bulk.Month month;
  private final Buffer buffer;
  private final int[] positions;
  private final int[] bounds;
  private int size;
  private @Nullable JsonGenerator generator;

  private BulkEncoder(Bulk.Month month, int events) {
    this.month = month;
    this.buffer = new Buffer(Math.min(BULK_BYTES, events * USUAL_EVENT_BYTES));
    this.positions = new int[events];
    this.bounds = new int[events + 1];
  }

  /**
   * Encodes events. One that cannot be encoded, which is a defect of the service, is logged and
   * settled, and is in no bulk.
   *
   * @param positions of events with distinct ids
   * @return bulks in the order of {@code positions}; none is empty
   */
  static List<Bulk> encode(Bulk.Month month, List<Integer> positions) {
    List<Bulk> bulks = new ArrayList<>(1);
    int next = 0;
    while (next < positions.size()) {
      BulkEncoder encoder = new BulkEncoder(month, positions.size() - next);
      next = encoder.fill(positions, next);
      if (encoder.size > 0) {
        bulks.add(encoder.bulk());
      }
    }
    return bulks;
  }

  private int fill(List<Integer> wanted, int first) {
    int next = first;
    while (next < wanted.size() && buffer.size() < BULK_BYTES) {
      add(wanted.get(next++));
    }
    abandonGenerator();
    return next;
  }

  private void add(int position) {
    StoredEvent stored = month.pending().stored(position);
    try {
      write(stored);
      positions[size++] = position;
      bounds[size] = buffer.size();
    } catch (Throwable failure) {
      Exceptions.throwIfJvmFatal(failure);
      log.error(
          "The {} event {} cannot be encoded as a document",
          stored.event().type(),
          stored.event().id(),
          RedactedException.of(failure));
      month.pending().settle(position, new Defect());
      abandonGenerator();
      buffer.truncate(bounds[size]);
    }
  }

  private void write(StoredEvent stored) {
    JsonGenerator json = generator;
    if (json == null) {
      json = JSON.createGenerator(ObjectWriteContext.empty(), buffer);
      generator = json;
    }
    json.writeStartObject();
    json.writeName(CREATE);
    json.writeStartObject();
    json.writeName(ID);
    json.writeString(stored.event().id());
    json.writeEndObject();
    json.writeEndObject();
    json.writeRaw('\n');
    EventDocument.write(stored, json);
    json.writeRaw('\n');
    json.flush();
  }

  private void abandonGenerator() {
    if (generator != null) {
      generator.close();
      generator = null;
    }
  }

  private Bulk bulk() {
    return new Bulk(month, positions, buffer.array(), bounds, 0, size);
  }

  /** Gives its bytes without copying them, and takes the last ones back. */
  private static final class Buffer extends ByteArrayOutputStream {

    Buffer(int capacity) {
      super(capacity);
    }

    byte[] array() {
      return buf;
    }

    void truncate(int length) {
      count = length;
    }
  }
}
