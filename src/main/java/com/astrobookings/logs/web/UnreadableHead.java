package com.astrobookings.logs.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Explains why the head of a request was not read: too long, or not HTTP. The server below the
 * framework answers that by itself, without a body. Every other answer has a trace id.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever gave the promise listens to it
final class UnreadableHead extends ChannelOutboundHandlerAdapter {

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof FullHttpResponse response
        && !response.content().isReadable()
        && !response.headers().contains(TraceId.HEADER)) {
      Problem problem = problem(response.status().code());
      context.write(problem == null ? response : explained(response, problem), promise);
    } else {
      context.write(message, promise);
    }
  }

  private static @Nullable Problem problem(int status) {
    return switch (status) {
      case 400 ->
          new Problem(
              ProblemType.BAD_REQUEST, "The request line or a header is not as HTTP/1.1 wants it.");
      case 414 ->
          new Problem(
              ProblemType.TARGET_TOO_LONG,
              "The path and the query are longer than the server reads. POST /api/v1/logs/search"
                  + " takes long questions in a body.");
      case 431 -> new Problem(ProblemType.HEADERS_TOO_LARGE, "Send fewer or shorter headers.");
      default -> null;
    };
  }

  private static FullHttpResponse explained(FullHttpResponse bare, Problem problem) {
    String traceId = TraceId.next();
    byte[] body = ProblemJson.bytes(problem, traceId);
    bare.release();
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            bare.protocolVersion(), bare.status(), Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(bare.headers())
        .set(TraceId.HEADER, traceId)
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set("X-Content-Type-Options", "nosniff")
        .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
        .set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
    return response;
  }
}
