package com.astrobookings.logs.elastic.tail;

import com.astrobookings.logs.event.StoredEvent;
import com.astrobookings.logs.store.tail.TailChunk;
import com.astrobookings.logs.store.tail.TailEncoder;
import com.astrobookings.logs.store.tail.TailPosition;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes events, and cuts what that gives into chunks. */
final class ChunkBuilder {

  /** A chunk ends with the event that reaches this number of bytes. */
  private static final int CHUNK_SIZE = 32 * 1024;

  private final TailEncoder encoder;
  private final List<TailChunk> chunks = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK_SIZE);
  private int events;
  private @Nullable TailPosition end;

  ChunkBuilder(TailEncoder encoder) {
    this.encoder = encoder;
  }

  /** Adds an event, after which a tail resumes at {@code position}. */
  void add(StoredEvent event, TailPosition position) {
    encoder.encode(event, position.encode(), bytes);
    events++;
    end = position;
    if (bytes.size() >= CHUNK_SIZE) {
      cut();
    }
  }

  private void cut() {
    if (end != null) {
      chunks.add(new TailChunk(bytes.toByteArray(), events, end));
      bytes.reset();
      events = 0;
      end = null;
    }
  }

  List<TailChunk> build() {
    cut();
    return chunks;
  }
}
