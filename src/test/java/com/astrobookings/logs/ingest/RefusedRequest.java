package com.astrobookings.logs.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A row of requests.yaml. */
record RefusedRequest(String table, Map<String, Object> row) {

  static Stream<RefusedRequest> all() {
    Map<String, List<Map<String, Object>>> tables = InputTable.load("requests.yaml");
    return tables.entrySet().stream()
        .flatMap(
            table -> table.getValue().stream().map(row -> new RefusedRequest(table.getKey(), row)));
  }

  int status() {
    return Integer.parseInt(text("status", ""));
  }

  String problem() {
    return text("problem", "");
  }

  String says() {
    return text("says", "");
  }

  Map<String, String> answers() {
    return map("answers");
  }

  HttpRequest request(int port) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + port + text("target", "/api/v1/logs")))
            .timeout(Duration.ofMinutes(2))
            .method(text("method", "POST"), BodyPublishers.ofByteArray(body()));
    headers().forEach(request::header);
    return request.build();
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", text("type", "application/json"));
    if (row.containsKey("gzip") && !text("gzip", "").equals("silently")) {
      headers.put("Content-Encoding", "gzip");
    }
    headers.putAll(map("headers"));
    headers.values().removeIf("~"::equals);
    return headers;
  }

  private byte[] body() {
    byte[] body =
        InputTable.expand(text("body", InputTable.valid("ERROR", "refused"))).getBytes(ISO_8859_1);
    return row.containsKey("gzip") ? packed(body, text("gzip", "")) : body;
  }

  private static byte[] packed(byte[] body, String how) {
    byte[] file = Producing.gzip(body);
    return switch (how) {
      case "whole", "silently" -> file;
      case "cut" -> Arrays.copyOf(file, file.length - 1);
      case "no trailer" -> Arrays.copyOf(file, file.length - 8);
      case "header" -> Arrays.copyOf(file, 10);
      case "other checksum" -> changed(file, file.length - 8);
      case "other length" -> changed(file, file.length - 4);
      case "zeros behind" -> Arrays.copyOf(file, file.length + 512);
      case "half behind" -> joined(file, Arrays.copyOf(file, file.length / 2));
      case "damaged" -> changed(file, 12);
      default -> throw new IllegalArgumentException(how);
    };
  }

  private static byte[] changed(byte[] file, int at) {
    byte[] changed = file.clone();
    changed[at] ^= (byte) 0xFF;
    return changed;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(first);
    bytes.writeBytes(second);
    return bytes.toByteArray();
  }

  private String text(String name, String absent) {
    return (String) row.getOrDefault(name, absent);
  }

  @SuppressWarnings("unchecked") // a map of texts, like all tables
  private Map<String, String> map(String name) {
    return (Map<String, String>) row.getOrDefault(name, Map.of());
  }

  @Override
  public String toString() {
    return table + ": " + row.get("is") + " is a " + status() + " " + problem();
  }
}
