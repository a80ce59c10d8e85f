package com.astrobookings.logs.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestHeadCheckTests {

  private static final String HEAD = "POST /a HTTP/1.1\r\nHost: x\r\n";
  private static final String SIZED = HEAD + "Content-Length: 9\r\n\r\n{\n \"a\":1}";
  private static final String CHUNKED =
      HEAD + "Transfer-Encoding: chunked\r\n\r\n9\r\n{\n \"a\":1}\r\n5\r\n \n\t\n \r\n0\r\n\r\n";
  private static final String FOLDED = HEAD + "X: a\r\n b\r\nContent-Length: 0\r\n\r\n";
  private static final String FOLDED_BY_TAB = HEAD + "X: a\n\tb\r\n\r\n";

  @Test
  void judgesHeadsAlikeHoweverTheyArrive() {
    Random random = new Random(4711);
    for (int i = 0; i < 2_000; i++) {
      String good = (SIZED + CHUNKED + HEAD + "\r\n").repeat(1 + random.nextInt(2));
      int requests = good.split("POST", -1).length - 1;

      List<Boolean> all = Collections.nCopies(requests, true);

      assertThat(readable(random, good)).isEqualTo(all);
      for (String folded : List.of(FOLDED, FOLDED_BY_TAB)) {
        List<Boolean> found = readable(random, good + folded + SIZED);
        assertThat(found.subList(0, requests)).isEqualTo(all);
        assertThat(found.subList(requests, found.size())).containsExactly(false);
      }
    }
  }

  /** Whether each request could be read, when {@code text} arrives in random pieces. */
  private static List<Boolean> readable(Random random, String text) {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.pipeline().addLast("codec", new HttpServerCodec());
    RequestHeadCheck.addTo(channel.pipeline(), "codec", "codec");
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + 1 + random.nextInt(60));
      channel.writeInbound(Unpooled.copiedBuffer(text.substring(from, to), US_ASCII));
      from = to;
    }
    List<Boolean> readable = new ArrayList<>();
    for (Object message; (message = channel.readInbound()) != null; ) {
      if (message instanceof HttpRequest request) {
        readable.add(request.decoderResult().isSuccess());
      }
      ReferenceCountUtil.release(message);
    }
    channel.finishAndReleaseAll();
    return readable;
  }
}
