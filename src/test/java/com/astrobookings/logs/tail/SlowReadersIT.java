package com.astrobookings.logs.tail;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.local.TestElasticsearch;
import com.astrobookings.logs.testing.Http;
import com.astrobookings.logs.testing.ServiceProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients that do not read while events are written, of which the service has not the memory. */
class SlowReadersIT {

  private static final int READERS = 16;
  private static final int EVENTS = 120;
  private static final String TEXT = "x".repeat(60_000);
  private static final String REQUEST =
      """
      GET /api/v1/logs/tail?from=2017-02-03&to=2017-02-03 HTTP/1.1\r
      Host: localhost\r
      \r
      """;

  private static final Pattern ID = Pattern.compile("\"id\":\"(slow-\\d+)\"");

  /** Each reader is behind by 7 MB, and all of them by more than the heap. */
  @Test
  void receiveEverythingLater() throws Exception {
    try (ServiceProcess service =
        ServiceProcess.start(
            List.of("-Xmx96m", "-XX:+UseSerialGC"),
            List.of(
                "--spring.elasticsearch.uris=" + TestElasticsearch.uri(),
                "--logs.limits.memory=24MB",
                "--logs.elasticsearch.read-memory=43MB"))) {
      List<Socket> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(open(service.uri("/")));
      }
      for (int i = 0; i < EVENTS; i++) {
        assertThat(
                Http.post(service.uri("/api/v1/logs"), "application/json", event(i)).statusCode())
            .isEqualTo(201);
      }
      List<String> expected = IntStream.range(0, EVENTS).mapToObj(i -> "slow-" + i).toList();
      for (Socket reader : readers) {
        assertThat(ids(reader)).isEqualTo(expected);
        reader.close();
      }
      assertThat(service.isRunning()).isTrue();
      assertThat(service.output()).noneMatch(line -> line.contains("OutOfMemoryError"));
    }
  }

  private static String event(int number) {
    return """
    {"id":"slow-%d","type":"ERROR","timestamp":"2017-02-03T04:05:06Z","errorCode":"E",\
    "errorMessage":"m","stackTrace":"%s"}\
    """
        .formatted(number, TEXT);
  }

  /** Connects with a small receive buffer, and reads the start of the stream. */
  private static Socket open(URI service) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 * 1024);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
    socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("id: ") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    return socket;
  }

  private static List<String> ids(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder text = new StringBuilder();
    List<String> ids = new ArrayList<>();
    byte[] buffer = new byte[64 * 1024];
    while (ids.size() < EVENTS) {
      int count = in.read(buffer);
      assertThat(count).as("the stream has ended after %s", ids).isPositive();
      text.append(new String(buffer, 0, count, US_ASCII));
      Matcher id = ID.matcher(text);
      int end = 0;
      while (id.find()) {
        ids.add(id.group(1));
        end = id.end();
      }
      // An id may be cut in two; the text between ids is not needed.
      text.delete(0, Math.max(end, text.length() - 100));
    }
    return ids;
  }
}
