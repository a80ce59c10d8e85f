package com.astrobookings.logs.kibana;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files in {@code kibana/}, as they are in the working copy. */
public final class Assets {

  /** Reads and writes the JSON of these tests. */
  public static final JsonMapper JSON = JsonMapper.builder().build();

  static final Path ROOT = Path.of("kibana").toAbsolutePath();

  private Assets() {}

  /** All dashboards by the name of their files. */
  public static List<Dashboard> dashboards() {
    return files("dashboards").map(file -> new Dashboard(stem(file), json(file))).toList();
  }

  /** The dashboard with this id. */
  public static Dashboard dashboard(String id) {
    return dashboards().stream().filter(d -> d.id().equals(id)).findFirst().orElseThrow();
  }

  /** All alert rules by the name of their files. */
  public static List<Rule> rules() {
    return files("rules").map(file -> new Rule(stem(file), json(file))).toList();
  }

  static Stream<Path> files(String folder) {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.sorted().toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
  }

  private static JsonNode json(Path file) {
    return JSON.readTree(text(file));
  }
}
