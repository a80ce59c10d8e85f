package com.astrobookings.logs.query.export;

import com.astrobookings.logs.event.StoredEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/**
 * The body of one export: encodes events, hashes and, if asked for, compresses them, chunk by chunk
 * as they are requested. Holds one encoded event and one chunk at a time. For one subscriber.
 */
public final class ExportBody {

  /** Chunks that may wait for the connection, so that the encoder runs ahead of it. */
  private static final int PREFETCH = 8;

  /** A fast level, below the default of 6: exports are compressed while they are sent. */
  private static final int COMPRESSION_LEVEL = 3;

  private final Chunks chunks = new Chunks();
  private final MessageDigest digest = sha256();
  private final @Nullable GZIPOutputStream gzip;
  private final OutputStream out;
  private final ExportFormat.Encoder encoder;
  private volatile long count;
  private boolean closed;

  /**
   * Creates the body.
   *
   * @param compressed whether to compress it with gzip
   */
  public ExportBody(ExportFormat format, boolean compressed) {
    this.gzip = compressed ? gzip(chunks) : null;
    this.out = new DigestOutputStream(gzip == null ? chunks : gzip, digest);
    this.encoder = format.encoder(out);
  }

  /** Returns the number of events encoded so far. */
  public long count() {
    return count;
  }

  /**
   * Returns the SHA-256 of the body before it was compressed, in hexadecimal digits. Called once,
   * after the last chunk.
   */
  public String sha256Hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Encodes all pages.
   *
   * @param workers encode, so that the threads of connections have time for others
   * @return chunks of at most {@value Chunks#SIZE} bytes; fails as {@code pages} does
   */
  public Flux<byte[]> encode(Flux<List<StoredEvent>> pages, Scheduler workers) {
    return Flux.concat(
            Flux.<byte[]>generate(this::first),
            pages.concatMap(this::encode, 0),
            Flux.<byte[]>generate(this::last))
        .publishOn(workers, PREFETCH)
        .doFinally(end -> close());
  }

  private synchronized void first(SynchronousSink<byte[]> sink) {
    encoder.begin();
    sink.complete();
  }

  private Flux<byte[]> encode(List<StoredEvent> page) {
    Iterator<StoredEvent> events = page.iterator();
    return Flux.generate(sink -> next(events, sink));
  }

  private synchronized void next(Iterator<StoredEvent> events, SynchronousSink<byte[]> sink) {
    while (!closed && chunks.isEmpty() && events.hasNext()) {
      encoder.write(events.next());
      count++;
    }
    if (!events.hasNext()) {
      encoder.flush();
    }
    emit(chunks.poll(!events.hasNext()), sink);
  }

  private synchronized void last(SynchronousSink<byte[]> sink) {
    try {
      encoder.flush();
      if (gzip != null) {
        gzip.finish();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    emit(chunks.poll(true), sink);
  }

  private static void emit(byte @Nullable [] chunk, SynchronousSink<byte[]> sink) {
    if (chunk == null) {
      sink.complete();
    } else {
      sink.next(chunk);
    }
  }

  /** Releases the compressor, which has memory of its own; what is encoded later is lost. */
  private synchronized void close() {
    closed = true;
    try {
      if (gzip != null) {
        gzip.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GZIPOutputStream gzip(OutputStream out) {
    try {
      return new GZIPOutputStream(out, Chunks.SIZE) {
        {
          def.setLevel(COMPRESSION_LEVEL);
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
