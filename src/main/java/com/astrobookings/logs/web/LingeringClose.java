package com.astrobookings.logs.web;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Delays the close of a connection whose request was answered before its body had arrived, because
 * the body is too large or not wanted (lingering close). Closing at once would reset the
 * connection, and the client could lose the answer before reading it. What arrives meanwhile is
 * discarded, until the request ends or the delay is over. A client that was refused after {@code
 * Expect: 100-continue} sends no body: its connection is closed at once. The end of a request that
 * could not be decoded is unknown. For one connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the caller has the promise
final class LingeringClose extends ChannelDuplexHandler {

  private final Duration maxDelay;
  private long requests;
  private long answers;
  private boolean holdsBack;
  private @Nullable ChannelPromise closing;
  private @Nullable Future<?> end;

  LingeringClose(Duration maxDelay) {
    this.maxDelay = maxDelay;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    boolean last = message instanceof LastHttpContent end && end.decoderResult().isSuccess();
    if (last) {
      requests++;
    }
    holdsBack = message instanceof HttpRequest request && HttpUtil.is100ContinueExpected(request);
    if (closing == null) {
      if (last && !isAhead()) {
        forgetEnd();
      }
      context.fireChannelRead(message);
    } else {
      ReferenceCountUtil.release(message);
      if (last) {
        context.close(closing);
      } else {
        context.read();
      }
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (isInterim(message)) {
      holdsBack = false;
    } else if (message instanceof LastHttpContent) {
      answers++;
      if (isAhead()) {
        closeLater(context);
      }
    }
    context.write(message, promise);
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (isAhead() && !holdsBack && closing == null && context.channel().isActive()) {
      closing = promise;
      context.read();
    } else {
      context.close(promise);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    forgetEnd();
    if (closing != null && !closing.isDone()) {
      context.close(closing);
    }
    context.fireChannelInactive();
  }

  /** Whether the last answer was given before its request had arrived. */
  private boolean isAhead() {
    return answers > requests;
  }

  private void closeLater(ChannelHandlerContext context) {
    forgetEnd();
    end =
        context.executor().schedule(() -> end(context), maxDelay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void end(ChannelHandlerContext context) {
    context.close(closing == null ? context.newPromise() : closing);
  }

  private void forgetEnd() {
    if (end != null) {
      end.cancel(false);
      end = null;
    }
  }

  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }
}
