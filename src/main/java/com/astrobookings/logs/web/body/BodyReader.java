package com.astrobookings.logs.web.body;

import com.astrobookings.logs.web.ProblemException;
import com.astrobookings.logs.web.ProblemType;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads bodies whole, but never more of one than the limit allows. Safe for several threads. */
public final class BodyReader {

  private final int limit;
  private final Duration time;

  /**
   * A reader with these bounds.
   *
   * @param limit bytes of a body after decompression
   * @param time how long a body may take to arrive
   */
  public BodyReader(int limit, Duration time) {
    this.limit = limit;
    this.time = time;
  }

  /**
   * Reads the body of {@code request}, decompressed if it is gzip.
   *
   * @param share pays for the body and must stay open as long as the body is used
   * @return the body, possibly empty; fails with {@link ProblemException}, before the first byte is
   *     read if the header says enough. Arrives on the thread that reads the connection
   */
  public Mono<Body> read(ServerHttpRequest request, MemoryBudget.Share share) {
    return Mono.defer(() -> {
      ContentCoding coding = ContentCoding.of(request.getHeaders());
      long declared = request.getHeaders().getContentLength();
      if (declared > limit) {
        throw Body.tooLarge(limit);
      }
      return read(request, coding, new Body(limit, (int) Math.max(declared, 0), share))
          .timeout(time)
          .onErrorMap(TimeoutException.class, e -> tooSlow());
    });
  }

  private static Mono<Body> read(ServerHttpRequest request, ContentCoding coding, Body body) {
    return switch (coding) {
      case IDENTITY -> copy(request, body);
      case GZIP -> gunzip(request, body);
    };
  }

  private static Flux<DataBuffer> pieces(ServerHttpRequest request) {
    return request.getBody().onErrorMap(failure -> brokenOff());
  }

  private static Mono<Body> copy(ServerHttpRequest request, Body body) {
    return pieces(request).doOnNext(buffer -> copy(buffer, body)).then(Mono.just(body));
  }

  private static void copy(DataBuffer buffer, Body body) {
    try {
      while (buffer.readableByteCount() > 0) {
        body.makeRoom();
        int room = body.bytes().length - body.length();
        int count = Math.min(room, buffer.readableByteCount());
        buffer.read(body.bytes(), body.length(), count);
        body.advance(count);
      }
    } finally {
      DataBufferUtils.release(buffer);
    }
  }

  private static Mono<Body> gunzip(ServerHttpRequest request, Body body) {
    return Mono.using(
        Gunzip::new,
        gunzip ->
            pieces(request)
                .doOnNext(buffer -> gunzip.feed(bytes(buffer), body))
                .then(
                    Mono.fromSupplier(() -> {
                      gunzip.end();
                      return body;
                    })));
  }

  private static byte[] bytes(DataBuffer buffer) {
    try {
      byte[] bytes = new byte[buffer.readableByteCount()];
      buffer.read(bytes);
      return bytes;
    } finally {
      DataBufferUtils.release(buffer);
    }
  }

  private static ProblemException brokenOff() {
    return new ProblemException(
        ProblemType.UNREADABLE_BODY,
        "The connection was closed before the body had ended. Nothing was stored.");
  }

  private ProblemException tooSlow() {
    return new ProblemException(
        ProblemType.BODY_TIMED_OUT,
        "The body did not arrive within %d seconds. Send fewer events at once."
            .formatted(time.toSeconds()));
  }
}
