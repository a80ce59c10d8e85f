package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.RawHttp.Answer;
import com.astrobookings.logs.web.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Requests that a proxy and a server could read in two ways: where one ends, and what its header
 * says.
 */
@SecuredServer
@ExtendWith(OutputCaptureExtension.class)
class FramingTests {

  private static final String NONE = "GET /api/v1/logs/none HTTP/1.1";
  private static final String HOST = "Host: localhost";
  private static final String READER = "Authorization: Bearer " + TestKeys.of(Scope.READ);
  private static final String WRITER = "Authorization: Bearer " + TestKeys.of(Scope.INGEST);

  @LocalServerPort private int port;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Odd: a\u0000b",
        "X-Odd: a\rb",
        "X-Odd: a\u000bb",
        "X Odd: a",
        "X-Odd : a",
        "X-Odd",
        ": a",
        "Content-Length: -1",
        "Content-Length: +5",
        "Content-Length: five",
        "Content-Length: 1, 2",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\u000bchunked",
        "X-Before: a\r\n X-Folded: b",
        "X-Before: a\r\n\tX-Folded: b",
        "Host: localhost",
        "Host: evil.example",
        "Authorization: Bearer x"
      })
  void aHeaderWithTwoMeaningsHasNone(String header) throws Exception {
    Answer answer = get(header);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("bad-request");
    assertThat(answer.header("Connection")).isEqualTo("close");
  }

  @Test
  void aRequestNamesItsHost() throws Exception {
    assertThat(RawHttp.send(port, NONE, READER).problem()).isEqualTo("bad-request");
    assertThat(RawHttp.send(port, NONE.replace("1.1", "1.0"), READER).status()).isEqualTo(404);
  }

  @Test
  void anAbsoluteTargetNamesTheSameHost() throws Exception {
    assertThat(RawHttp.send(port, absolute("evil.example"), HOST, READER).status()).isEqualTo(400);
    assertThat(RawHttp.send(port, absolute("LOCALHOST"), HOST, READER).status()).isEqualTo(404);
  }

  private static String absolute(String host) {
    return NONE.replace("/api", "http://" + host + "/api");
  }

  @Test
  void aMalformedChunkIsAnsweredAndNotLogged(CapturedOutput output) throws Exception {
    Answer answer =
        RawHttp.send(
            port,
            "POST /api/v1/logs HTTP/1.1",
            HOST,
            WRITER,
            "Content-Type: application/json",
            "Transfer-Encoding: chunked",
            "",
            "ZZ\r\n");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("bad-request");
    assertThat(output.getAll()).doesNotContain("ERROR", "already sent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 120\r\n\r\n%s",
        "Transfer-Encoding: chunked\r\n\r\n78\r\n%s\r\n0\r\n\r\n"
      })
  void linesOfABodyMayBeginWithSpaces(String body) throws Exception {
    String event =
        """
        {
          "type": "ERROR",
          "timestamp": "2024-08-11T09:30:00Z",
        \t"errorCode": "E",
          "errorMessage": "m",
          "source": "x"
        }
        """;
    Answer answer =
        RawHttp.send(
            port,
            "POST /api/v1/logs HTTP/1.1",
            HOST,
            WRITER,
            "Content-Type: application/json",
            body.formatted(event));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  @Test
  void twoRequestsOfOneConnectionAreAnswered() throws Exception {
    assertThat(
            RawHttp.sendAll(
                port, first("Content-Length: 0") + second("two-honest", "Connection: close")))
        .extracting(Answer::status)
        .containsExactly(404, 201);
    assertThat(find("two-honest").status()).isEqualTo(200);
  }

  @Test
  void aRequestHiddenInTheBodyOfAnotherIsNotAnswered() throws Exception {
    String both = first("Transfer-Encoding: chunked\r\nContent-Length: 5") + "0\r\n\r\n";

    assertThat(RawHttp.sendAll(port, both + second("smuggled", "Connection: close")))
        .extracting(Answer::status)
        .containsExactly(400);
    assertThat(find("smuggled").status()).isEqualTo(404);
  }

  private static String first(String framing) {
    return String.join("\r\n", "GET /api/v1/logs/none HTTP/1.1", HOST, READER, framing, "", "");
  }

  private static String second(String id, String header) {
    String event =
        """
        {"type":"ERROR","id":"%s","timestamp":"2024-08-11T09:30:00Z",\
        "errorCode":"E","errorMessage":"m"}\
        """
            .formatted(id);
    return String.join(
        "\r\n",
        "POST /api/v1/logs HTTP/1.1",
        HOST,
        WRITER,
        header,
        "Content-Type: application/json",
        "Content-Length: " + event.length(),
        "",
        event);
  }

  private Answer find(String id) throws Exception {
    return RawHttp.send(port, "GET /api/v1/logs/" + id + " HTTP/1.1", HOST, READER);
  }

  private Answer get(String... header) throws Exception {
    return RawHttp.send(
        port, "GET /api/v1/logs/none HTTP/1.1", HOST, READER, String.join("\r\n", header));
  }
}
