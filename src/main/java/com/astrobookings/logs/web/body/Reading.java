package com.astrobookings.logs.web.body;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;

/**
 * Reads one body. Bytes come on the thread of the connection; any other thread may {@link #end} the
 * reading.
 *
 * <p>The body has a time at which it is overdue. Each byte that arrives moves that time on by what
 * it may take at {@link #MIN_BYTES_PER_SECOND}, up to {@link #GRACE_MILLIS} from now: a body that
 * arrives fast cannot save up time in which it holds memory and sends nothing.
 */
final class Reading extends BaseSubscriber<DataBuffer> {

  /** The rate in bytes per second below which a body is overdue in the end. */
  static final int MIN_BYTES_PER_SECOND = 32 * 1024;

  /** How long a body may send nothing before it is overdue. */
  static final int GRACE_MILLIS = 2_000;

  private final BodyReader reader;
  private final MemoryBudget.Share share;
  private final MonoSink<Body> result;
  private final Body body;
  private final int expected;
  private final long startedAt;
  private volatile long dueAt;
  private volatile boolean holdsMemory;

  /**
   * Creates a reading that begins now.
   *
   * @param expected bytes that will come, if known; otherwise the limit
   */
  Reading(
      BodyReader reader, MemoryBudget.Share share, MonoSink<Body> result, int limit, int expected) {
    this.reader = reader;
    this.share = share;
    this.result = result;
    this.expected = expected;
    this.body = new Body(limit, this::reserve);
    this.startedAt = reader.now();
    this.dueAt = startedAt + GRACE_MILLIS;
  }

  /** Returns when the reading began, in milliseconds of the reader's time. */
  long startedAt() {
    return startedAt;
  }

  /** Returns when the body is overdue, in milliseconds of the reader's time. */
  long dueAt() {
    return dueAt;
  }

  /** Returns whether the body takes memory away from others. */
  boolean holdsMemory() {
    return holdsMemory;
  }

  /**
   * Ends the reading with {@code problem} and gives its memory back.
   *
   * @return whether the reading was under way until now
   */
  boolean end(ProblemException problem) {
    boolean ended = reader.forget(this);
    if (ended) {
      cancel();
      share.close();
      result.error(problem);
    }
    return ended;
  }

  @Override
  public Context currentContext() {
    return Context.of(result.contextView());
  }

  @Override
  protected void hookOnNext(DataBuffer buffer) {
    try {
      long now = reader.now();
      long earned = buffer.readableByteCount() * 1_000L / MIN_BYTES_PER_SECOND;
      dueAt = Math.min(dueAt + earned, now + GRACE_MILLIS);
      body.append(buffer, expected);
    } finally {
      DataBufferUtils.release(buffer);
    }
  }

  /** A body that came at once may use the reserve: it will not hold it while others send. */
  private void reserve(int bytes) {
    boolean atOnce = body.length() == 0 && bytes == expected;
    reader.reserve(this, share, bytes, atOnce);
    holdsMemory = true;
  }

  @Override
  protected void hookOnComplete() {
    if (reader.forget(this)) {
      result.success(body);
    }
  }

  @Override
  protected void hookOnError(Throwable failure) {
    if (reader.forget(this)) {
      result.error(failure instanceof ProblemException ? failure : interrupted());
    }
  }

  @Override
  protected void hookOnCancel() {
    reader.forget(this);
  }

  private static ProblemException interrupted() {
    return new ProblemException(
        ProblemType.UNREADABLE_BODY,
        "The connection was closed before the body had ended. Nothing was stored.");
  }
}
