package com.astrobookings.logs.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.security.SecuredServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the page and its files are served, to callers without a credential. */
@SecuredServer
class ConsoleFilesTests {

  private static final Pattern LINKED = Pattern.compile("(?:src|href)=\"(console/[^\"]+)\"");
  private static final int MAX_BYTES = 100 * 1024;

  private final HttpClient client = HttpClient.newHttpClient();

  @LocalServerPort private int port;

  @Test
  void servesThePageToEverybody() throws Exception {
    HttpResponse<byte[]> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .contains(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'; require-trusted-types-for 'script';"
                + " trusted-types lit-html");
    assertThat(text(page)).contains("AstroBookings Logs").doesNotContain("{{");
  }

  @Test
  void revalidatesThePage() throws Exception {
    String tag = get("/").headers().firstValue("ETag").orElseThrow();
    assertThat(get("/", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(get("/", "If-None-Match", "W/\"another\"").statusCode()).isEqualTo(200);
  }

  @Test
  void servesEveryFileForEverAndCompressed() throws Exception {
    List<String> files = files();
    assertThat(files).hasSizeGreaterThan(20).anyMatch(file -> file.endsWith("uplot.js"));
    int bytes = get("/", "Accept-Encoding", "gzip").body().length;
    for (String file : files) {
      HttpResponse<byte[]> plain = get("/" + file);
      HttpResponse<byte[]> compressed = get("/" + file, "Accept-Encoding", "br, gzip;q=0.5");
      assertThat(plain.statusCode()).as(file).isEqualTo(200);
      assertThat(plain.headers().firstValue("Cache-Control"))
          .contains("max-age=31536000, public, immutable");
      assertThat(plain.headers().firstValue("Vary")).contains("Accept-Encoding");
      assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
      assertThat(uncompressed(compressed)).isEqualTo(plain.body());
      bytes += compressed.body().length;
    }
    assertThat(bytes).as("bytes over the wire").isLessThanOrEqualTo(MAX_BYTES);
  }

  @Test
  void fetchesNothingFromElsewhere() throws Exception {
    for (String file : files()) {
      assertThat(text(get("/" + file)).replace("http://www.w3.org/2000/svg", ""))
          .as(file)
          .doesNotContainPattern("(?:import|src|href|url|fetch)\\W{1,3}https?://");
    }
  }

  @Test
  void doesNotCompressForClientsThatRefuseIt() throws Exception {
    String file = "/" + files().getFirst();
    for (String refusing : List.of("gzip;q=0", "gzip; q=0.000", "identity", "br")) {
      assertThat(get(file, "Accept-Encoding", refusing).headers().firstValue("Content-Encoding"))
          .as(refusing)
          .isEmpty();
    }
  }

  @Test
  void namesTheFieldsOfEventsAsTheyAreDeclared() throws Exception {
    String module =
        files().stream().filter(file -> file.endsWith("/fields.js")).findFirst().orElseThrow();
    String text = text(get("/" + module));
    assertThat(text).contains("types = [\"AUTH\",\"ERROR\",\"RECONCILE\",\"NOTIFY\"]");
    JsonNode fields =
        JsonMapper.shared()
            .readTree(text.substring(text.indexOf("fields = ") + 9, text.lastIndexOf(';')));
    JsonNode address = byPath(fields, "source.ip");
    assertThat(address.path("filter").asString()).isEqualTo("ipAddress");
    assertThat(address.path("personal").asBoolean()).isTrue();
    assertThat(address.path("types").toString()).isEqualTo("[\"AUTH\"]");
    assertThat(byPath(fields, "event.outcome").path("types").toString())
        .isEqualTo("[\"AUTH\",\"NOTIFY\"]");
    assertThat(byPath(fields, "error.message.keyword").path("kind").asString())
        .isEqualTo("KEYWORD");
  }

  private static JsonNode byPath(JsonNode fields, String path) {
    return fields
        .valueStream()
        .filter(field -> field.path("path").asString().equals(path))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void saysThatAFileIsOfAnotherVersion() throws Exception {
    HttpResponse<byte[]> answer = get("/console/0123456789abcdef/app/main.js");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(text(answer)).contains("urn:astrobookings:logs:problem:not-found", "Load / again");
    assertThat(get("/console").headers().firstValue("Location")).contains("./");
    assertThat(get("/console/").headers().firstValue("Location")).contains("../");
  }

  private List<String> files() throws Exception {
    return LINKED
        .matcher(text(get("/")))
        .results()
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static byte[] uncompressed(HttpResponse<byte[]> answer) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
  }
}
