package com.astrobookings.logs.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.event.EventType;
import com.astrobookings.logs.event.StoredEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The requests for exports and what they select. */
class ExportTests extends ReadingFixture {

  private static final String EXPORT = LOGS + "/export";

  @Test
  void writesEachEventAsOneLineOfAPage() {
    write(events.within(NOW, 250).toArray(StoredEvent[]::new));
    List<String> lines = text(get(EXPORT, "*/*")).lines().toList();
    assertThat(lines.stream().map(JSON::readTree))
        .isEqualTo(get(URI.create(LOGS + "?limit=250")).path("logs").valueStream().toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                  | application/x-ndjson",
        "*/*               | application/x-ndjson",
        "application/x-ndjson | application/x-ndjson",
        "application/*     | application/x-ndjson",
        "text/csv          | text/csv",
        "text/*            | text/csv",
        "text/csv;q=0.5, application/x-ndjson;q=0.9 | application/x-ndjson",
        "text/csv, application/x-ndjson;q=0.9 | text/csv",
        "text/html, application/xhtml+xml, */*;q=0.8 | application/x-ndjson",
      })
  void answersInTheFormatThatTheClientPrefers(String accept, String type) {
    write(auth());
    assertThat(type(get(EXPORT, accept))).isEqualTo(type);
  }

  @Test
  void answersInTheFormatOfTheParameterWhateverTheClientAccepts() {
    write(auth());
    assertThat(type(get(EXPORT + "?format=csv", "image/png"))).isEqualTo("text/csv");
    assertThat(type(get(EXPORT + "?format=ndjson", "text/csv"))).isEqualTo("application/x-ndjson");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "image/png", "text/csv;q=0", "nonsense"})
  void refusesOtherFormats(String accept) {
    client
        .get()
        .uri(EXPORT)
        .header(HttpHeaders.ACCEPT, accept)
        .exchange()
        .expectStatus()
        .isEqualTo(HttpStatus.NOT_ACCEPTABLE)
        .expectHeader()
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .expectBody()
        .jsonPath("$.detail")
        .isEqualTo("The Accept header must allow one of application/x-ndjson, text/csv.");
  }

  @Test
  void namesTheFileAndTheTotal() {
    write(auth());
    HttpHeaders headers = get(EXPORT + "?format=csv", "*/*").getResponseHeaders();
    assertThat(headers.getFirst("X-Export-Total")).isEqualTo("1");
    assertThat(headers.getFirst(HttpHeaders.CONTENT_DISPOSITION))
        .isEqualTo("attachment; filename=\"logs-2024-08-12T10-00-00Z.csv\"");
    assertThat(headers.getFirst(HttpHeaders.CONTENT_TYPE))
        .isEqualTo("text/csv;charset=UTF-8;header=present");
    assertThat(headers.getCacheControl()).isEqualTo("no-store");
  }

  @Test
  void writesTheColumnsAskedFor() {
    write(auth());
    assertThat(text(get(EXPORT + "?format=csv&columns=userId,label.a&columns=result", "*/*")))
        .isEqualTo("userId,label.a,result\r\nu-7,1,FAIL\r\n");
    assertThat(text(get(EXPORT + "?format=csv&type=AUTH", "*/*")).lines().findFirst())
        .contains(
            "id,type,timestamp,receivedAt,source,traceId,userId,email,ipAddress,result,labels");
  }

  @Test
  void readsTheParametersOfABody() {
    write(auth(), events.next(EventType.ERROR, "e-1", NOW));
    byte[] body =
        client
            .post()
            .uri(EXPORT)
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue(
                """
                {"email": "jane@example.com", "format": "csv", "columns": ["id"], "raw": true}\
                """)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody()
            .returnResult()
            .getResponseBody();
    assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo("id\r\na-1\r\n");
  }

  @Test
  void answersHeadWithoutReading() {
    write(auth());
    client
        .method(HttpMethod.HEAD)
        .uri(EXPORT)
        .exchange()
        .expectStatus()
        .isOk()
        .expectHeader()
        .valueEquals("X-Export-Total", "1")
        .expectBody()
        .isEmpty();
  }

  @Test
  void leavesPersonalDataOut() {
    write(auth());
    assertThat(text(without(EXPORT)))
        .contains("\"result\":\"FAIL\"")
        .doesNotContain("u-7", "Jane", "192.0.2.7");
    assertThat(text(without(EXPORT + "?format=csv&type=AUTH")))
        .startsWith("id,type,timestamp,receivedAt,source,traceId,result,labels\r\n")
        .doesNotContain("u-7", "Jane", "192.0.2.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"format=csv&columns=id,email", "userId=u-7", "q=words"})
  void needsAScopeForPersonalData(String parameters) {
    client
        .get()
        .uri(URI.create(EXPORT + "?" + parameters))
        .header(WITHOUT_PII, "yes")
        .exchange()
        .expectStatus()
        .isForbidden()
        .expectBody()
        .jsonPath("$.scope")
        .isEqualTo("logs:pii");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format=xml",
        "limit=1",
        "cursor=x",
        "format=csv&columns=nonsense",
        "format=csv&type=AUTH&columns=stackTrace",
        "format=csv&columns=label.X",
        "columns=id",
        "format=ndjson&raw=true",
        "format=csv&raw=yes",
        "type=AUTH&errorCode=E"
      })
  void refusesFaultyParameters(String parameters) {
    refused(EXPORT + "?" + parameters, HttpStatus.BAD_REQUEST, "invalid-parameter");
  }

  @Test
  void isAProblemBeforeTheFirstByte() {
    store.goDown("test");
    refused(EXPORT, HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
    store.timeOut("test");
    refused(EXPORT, HttpStatus.GATEWAY_TIMEOUT, "timed-out");
  }

  private EntityExchangeResult<byte[]> get(String path, String accept) {
    WebTestClient.RequestHeadersSpec<?> request = client.get().uri(URI.create(path));
    if (accept != null) {
      request.header(HttpHeaders.ACCEPT, accept);
    }
    return request.exchange().expectStatus().isOk().expectBody().returnResult();
  }

  private EntityExchangeResult<byte[]> without(String path) {
    return client
        .get()
        .uri(URI.create(path))
        .header(WITHOUT_PII, "yes")
        .exchange()
        .expectStatus()
        .isOk()
        .expectBody()
        .returnResult();
  }

  private static String text(EntityExchangeResult<byte[]> answer) {
    return new String(answer.getResponseBody(), StandardCharsets.UTF_8);
  }

  private static String type(EntityExchangeResult<byte[]> answer) {
    MediaType type = answer.getResponseHeaders().getContentType();
    return type.getType() + "/" + type.getSubtype();
  }
}
