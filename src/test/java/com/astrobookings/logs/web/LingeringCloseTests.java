package com.astrobookings.logs.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LingeringCloseTests {

  private final EmbeddedChannel channel =
      new EmbeddedChannel(new LingeringClose(Duration.ofSeconds(10)));

  @BeforeEach
  void stopTheClock() {
    channel.freezeTime();
  }

  @Test
  void leavesAConnectionAloneWhoseRequestsAreAnsweredInTurn() {
    request();
    end();
    answer(HttpResponseStatus.OK);

    pass(3600);

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void closesAConnectionThatSendsOnLongAfterItsAnswer() {
    request();
    answer(HttpResponseStatus.NOT_FOUND);

    pass(9);
    content();
    assertThat(channel.isOpen()).isTrue();

    pass(2);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void keepsAConnectionWhoseBodyEndsSoonAfterItsAnswer() {
    request();
    answer(HttpResponseStatus.NOT_FOUND);
    end();

    pass(3600);

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void doesNotTakeAnInterimAnswerForTheAnswer() {
    request();
    answer(HttpResponseStatus.CONTINUE);

    pass(3600);

    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void putsACloseOffUntilTheBodyHasEndedAndThrowsItAway() {
    request();
    answer(HttpResponseStatus.NOT_FOUND);
    assertThat(close()).isFalse();
    HttpContent content = content();

    assertThat(channel.isOpen()).isTrue();
    assertThat(content.refCnt()).isZero();

    end();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void putsACloseOffForAWhileOnly() {
    request();
    answer(HttpResponseStatus.NOT_FOUND);
    assertThat(close()).isFalse();

    pass(11);

    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void closesAtOnceWhenTheClientAskedAndWasToldNo() {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
    HttpUtil.set100ContinueExpected(request, true);
    channel.writeInbound(request);
    answer(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);

    assertThat(close()).isTrue();
  }

  @Test
  void waitsForAClientThatAskedAndWasToldToSend() {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
    HttpUtil.set100ContinueExpected(request, true);
    channel.writeInbound(request);
    answer(HttpResponseStatus.CONTINUE);
    content();
    answer(HttpResponseStatus.BAD_REQUEST);

    assertThat(close()).isFalse();
  }

  @Test
  void endsWithTheConnection() {
    request();
    answer(HttpResponseStatus.NOT_FOUND);
    assertThat(close()).isFalse();

    channel.disconnect().syncUninterruptibly();
    pass(3600);

    assertThat(channel.isOpen()).isFalse();
    channel.checkException();
  }

  @Test
  void closesAtOnceWhenNothingIsLeftToRead() {
    request();
    end();
    answer(HttpResponseStatus.OK);

    assertThat(close()).isTrue();
  }

  /** Whether the connection is closed when this returns. */
  private boolean close() {
    return channel.pipeline().close().isDone();
  }

  private void request() {
    channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/"));
  }

  private HttpContent content() {
    HttpContent content = new DefaultHttpContent(Unpooled.buffer().writeByte(1));
    channel.writeInbound(content);
    return content;
  }

  private void end() {
    channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private void answer(HttpResponseStatus status) {
    channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
  }

  private void pass(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runScheduledPendingTasks();
  }
}
