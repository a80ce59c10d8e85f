package com.astrobookings.logs.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.RawHttp.Answer;
import com.astrobookings.logs.web.Scope;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Values that are found wherever they turn up, and requests that are full of them. */
final class Markers {

  static final List<String> PERSONAL =
      List.of(
          "marker-user",
          "marker-mail",
          "marker-recipient",
          "marker-message",
          "marker-stack",
          "marker-label",
          "192.0.2.123");

  static final List<String> KEYS =
      List.of(
          TestKeys.ALL.substring(TestKeys.ALL.lastIndexOf('_')),
          TestKeys.of(Scope.READ).substring(13),
          TestKeys.WRONG.substring(13));

  /**
   * Four events with {@link #PERSONAL} in all places, the last one with faults. No other test
   * writes events of that day.
   */
  static final String EVENTS =
      """
      [{"type":"AUTH","id":"secrets-1","timestamp":"2019-05-06T09:30:00Z","userId":"marker-user",
        "email":"marker-mail@example.com","ipAddress":"192.0.2.123","result":"FAIL"},
       {"type":"NOTIFY","id":"secrets-2","timestamp":"2019-05-06T09:30:00Z","jobId":"j",
        "notificationType":"n","recipient":"marker-recipient@example.com","status":"STATUS",
        "labels":{"who":"marker-label"}},
       {"type":"ERROR","id":"secrets-3","timestamp":"2019-05-06T09:30:00Z","errorCode":"e",
        "errorMessage":"of marker-message","stackTrace":"at marker-stack"},
       {"type":"AUTH","userId":7,"email":"marker-mail","ipAddress":"marker-user"}]\
      """;

  /** Breaks every rule that it can, and conflicts with nothing. */
  static final String INVALID =
      """
      {"type":"AUTH","id":"marker-label !","timestamp":"marker-message","userId":["marker-user"],
       "email":7,"ipAddress":"192.0.2.123.marker-stack","result":"marker-recipient",
       "labels":{"who":{"marker-label":"marker-mail"}}}\
      """;

  /** Has the id of the first of {@link #EVENTS}. */
  static final String CONFLICTING =
      """
      {"type":"AUTH","id":"secrets-1","timestamp":"2019-05-06T09:30:00Z","userId":"marker-user",
       "email":"marker-mail@example.org","ipAddress":"192.0.2.123","result":"SUCCESS"}\
      """;

  /** The end of a line that shows what was sent or received: sixteen bytes, or the last ones. */
  private static final Pattern BYTES =
      Pattern.compile("(?m)  ([0-9a-f]{2}(?: [0-9a-f]{2}){0,15})$");

  private Markers() {}

  static Answer get(int port, String path, String credential) throws Exception {
    return RawHttp.send(
        port,
        "GET " + path + " HTTP/1.1",
        "Host: localhost",
        "Authorization: Bearer " + credential);
  }

  static Answer post(int port, String path, String credential, String body) throws Exception {
    return RawHttp.send(
        port,
        "POST " + path + " HTTP/1.1",
        "Host: localhost",
        "Authorization: Bearer " + credential,
        "Content-Type: application/json",
        "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length,
        "",
        body);
  }

  /** Those lines of a text that have one of the markers, also of what they show as bytes. */
  static List<String> found(String text, List<String> markers) {
    StringBuilder bytes = new StringBuilder();
    BYTES
        .matcher(text)
        .results()
        .forEach(line ->
            bytes.append(
                new String(
                    HexFormat.ofDelimiter(" ").parseHex(line.group(1)),
                    StandardCharsets.ISO_8859_1)));
    return Stream.concat(text.lines(), bytes.toString().lines())
        .filter(line -> markers.stream().anyMatch(line::contains))
        .toList();
  }

  /** Not one answer may repeat what it refuses. */
  static void assertSilent(List<Answer> answers) {
    assertThat(answers)
        .allSatisfy(answer -> {
          assertThat(found(answer.text(), PERSONAL)).isEmpty();
          assertThat(found(answer.text(), KEYS)).isEmpty();
        });
  }
}
