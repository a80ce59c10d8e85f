package com.astrobookings.logs.web.body;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses a gzip file (RFC 1952) piece by piece, all of its members, and checks what the file
 * says about itself: header and data checksums and length. It may be closed by another thread while
 * it is fed, and then takes no more.
 */
final class Gunzip implements AutoCloseable {

  /** What the next byte belongs to. */
  private enum State {
    HEADER,
    DATA,
    TRAILER
  }

  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private GzipHeader header = new GzipHeader();
  private State state = State.HEADER;
  private long trailer;
  private int trailerBytes;
  private boolean closed;

  /** Decompresses the next piece of the file into {@code body}. */
  synchronized void feed(byte[] piece, Body body) {
    int at = 0;
    while (at < piece.length && !closed) {
      at =
          switch (state) {
            case HEADER -> readHeader(piece, at);
            case DATA -> inflate(piece, at, body);
            case TRAILER -> readTrailer(piece, at);
          };
    }
  }

  /** Says that the file has ended. */
  void end() {
    if (state != State.HEADER || header.begun()) {
      throw broken("it ends before its end");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    inflater.end();
  }

  private int readHeader(byte[] piece, int at) {
    if (header.complete(piece[at])) {
      header = new GzipHeader();
      inflater.reset();
      crc.reset();
      state = State.DATA;
    }
    return at + 1;
  }

  private int inflate(byte[] piece, int at, Body body) {
    inflater.setInput(piece, at, piece.length - at);
    try {
      while (!inflater.finished()) {
        body.makeRoom();
        int count =
            inflater.inflate(body.bytes(), body.length(), body.bytes().length - body.length());
        crc.update(body.bytes(), body.length(), count);
        body.advance(count);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
      }
    } catch (DataFormatException e) {
      throw broken("its data is damaged");
    }
    if (inflater.needsDictionary()) {
      throw broken("it asks for a dictionary");
    }
    if (inflater.finished()) {
      state = State.TRAILER;
    }
    return piece.length - inflater.getRemaining();
  }

  private int readTrailer(byte[] piece, int at) {
    trailer |= (piece[at] & 0xFFL) << (8 * trailerBytes++);
    if (trailerBytes == Long.BYTES) {
      if (trailer != (crc.getValue() | (inflater.getBytesWritten() << 32))) {
        throw broken("its checksum or length does not fit its data");
      }
      trailer = 0;
      trailerBytes = 0;
      state = State.HEADER;
    }
    return at + 1;
  }

  static ProblemException broken(String reason) {
    return new ProblemException(
        ProblemType.UNREADABLE_BODY,
        "The body is not valid gzip: " + reason + ". Nothing was stored; send it again.");
  }
}
