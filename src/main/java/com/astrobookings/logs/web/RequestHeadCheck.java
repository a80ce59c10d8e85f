package com.astrobookings.logs.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * Rejects a request whose head two recipients could read differently ({@link RequestHeads}), and
 * one with a header line that continues the line before (RFC 9112, section 5.2): it is handed on as
 * not decodable, which the server below the framework answers by itself with a bare 400, 414 or 431
 * and closes the connection. Gives these answers a problem as their body. For one connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
final class RequestHeadCheck extends ChannelDuplexHandler {

  private static final String OTHER_FAULT =
      "The request line, a header or a chunk is not as HTTP/1.1 wants it.";

  private boolean inBody;
  private long bodyBytes;
  private boolean folded;
  private @Nullable String fault;

  /** Adds a check for the heads that the handler {@code codec} decodes, after {@code other}. */
  static void addTo(ChannelPipeline pipeline, String codec, String other) {
    RequestHeadCheck check = new RequestHeadCheck();
    pipeline.addBefore(codec, "logs.foldedLines", check.new FoldedLines());
    pipeline.addAfter(other, "logs.requestHead", check);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (fault != null) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest request) {
      begin(request);
    }
    if (message instanceof HttpContent content) {
      bodyBytes -= content.content().readableBytes();
      inBody = !(message instanceof LastHttpContent);
    }
    context.fireChannelRead(message);
  }

  private void begin(HttpRequest request) {
    inBody = true;
    bodyBytes = 0;
    if (request.decoderResult().isSuccess()) {
      fault = folded ? RequestHeads.FOLDED : RequestHeads.fault(request);
      if (fault == null) {
        bodyBytes = HttpUtil.getContentLength(request, 0L);
      } else {
        request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(fault)));
      }
    }
  }

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

  private @Nullable Problem problem(int status) {
    return switch (status) {
      case 400 -> new Problem(ProblemType.BAD_REQUEST, fault == null ? OTHER_FAULT : fault);
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
    byte[] body = problem.json(traceId);
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

  /**
   * Stands before the decoder, which would join folded lines. Where a line begins with a space or a
   * tab, it hands on what stands before; then {@link RequestHeadCheck} knows whether that line
   * belongs to a head or to a body. Bodies with a {@code Content-Length} are not looked at.
   */
  private final class FoldedLines extends ChannelInboundHandlerAdapter {

    private boolean lineBegins;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (!(message instanceof ByteBuf bytes)) {
        context.fireChannelRead(message);
        return;
      }
      int next = next(bytes);
      while (next < bytes.writerIndex()) {
        if (next > bytes.readerIndex()) {
          context.fireChannelRead(bytes.readRetainedSlice(next - bytes.readerIndex()));
        }
        folded |= !inBody;
        lineBegins = false;
        next = next(bytes);
      }
      lineBegins = bytes.isReadable() && bytes.getByte(bytes.writerIndex() - 1) == '\n';
      context.fireChannelRead(bytes);
    }

    /** Returns where a line begins with a space or a tab, or where the bytes end. */
    private int next(ByteBuf bytes) {
      int end = bytes.writerIndex();
      int from = bytes.readerIndex();
      if (inBody && bodyBytes > 0) {
        from += (int) Math.min(bodyBytes, end - from);
        lineBegins = false;
      }
      if (lineBegins && from < end && isBlank(bytes.getByte(from))) {
        return from;
      }
      int lineFeed = bytes.indexOf(from, end, (byte) '\n');
      while (lineFeed >= 0 && lineFeed + 1 < end) {
        if (isBlank(bytes.getByte(lineFeed + 1))) {
          return lineFeed + 1;
        }
        lineFeed = bytes.indexOf(lineFeed + 1, end, (byte) '\n');
      }
      return end;
    }

    private static boolean isBlank(byte first) {
      return first == ' ' || first == '\t';
    }
  }
}
