package com.astrobookings.logs.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Holds all files of the console: its own, those of the libraries that it uses, and the generated
 * module {@code fields.js}. All of them lie below one folder that is named by their content, so
 * that relative imports work and browsers may keep each file for ever.
 */
final class ConsoleFiles {

  private static final String FOLDER = "classpath:/console/";
  private static final String PAGE = "index.html";
  private static final String LIBRARIES = "classpath*:/META-INF/resources/webjars/";

  /** The files of the libraries by the names under which they are served. */
  private static final Map<String, String> LIBRARY_FILES =
      Map.of(
          "lit-html/lit-html.js", "lit-html/*/lit-html.js",
          "lit-html/directive.js", "lit-html/*/directive.js",
          "lit-html/directive-helpers.js", "lit-html/*/directive-helpers.js",
          "lit-html/async-directive.js", "lit-html/*/async-directive.js",
          "lit-html/directives/guard.js", "lit-html/*/directives/guard.js",
          "lit-html/directives/live.js", "lit-html/*/directives/live.js",
          "lit-html/directives/ref.js", "lit-html/*/directives/ref.js",
          "lit-html/directives/repeat.js", "lit-html/*/directives/repeat.js",
          "uplot/uplot.js", "uplot/*/dist/uPlot.iife.min.js",
          "uplot/uplot.css", "uplot/*/dist/uPlot.min.css");

  private static final int VERSION_LENGTH = 16;

  private final Map<String, ConsoleFile> files;
  private final ConsoleFile page;
  private final String version;

  private ConsoleFiles(SortedMap<String, byte[]> contents, String template) {
    this.version = version(contents, template);
    this.page = new ConsoleFile(PAGE, page(template, contents).getBytes(StandardCharsets.UTF_8));
    this.files =
        contents.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, file -> new ConsoleFile(file.getKey(), file.getValue())));
  }

  /** Reads the files from the classpath. Blocks. */
  static ConsoleFiles load() {
    try {
      PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
      SortedMap<String, byte[]> contents = own(resolver);
      byte[] template = contents.remove(PAGE);
      for (Map.Entry<String, String> library : LIBRARY_FILES.entrySet()) {
        Resource[] found = resolver.getResources(LIBRARIES + library.getValue());
        contents.put(library.getKey(), found[0].getContentAsByteArray());
      }
      contents.put("app/fields.js", FieldsModule.content());
      return new ConsoleFiles(contents, new String(template, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the text that changes whenever a file does: 16 hexadecimal digits. */
  String version() {
    return version;
  }

  ConsoleFile page() {
    return page;
  }

  /**
   * Returns the file with this path below {@code /console/}; null if there is none, or only in
   * another version.
   */
  @Nullable ConsoleFile find(String path) {
    String folder = version + "/";
    return path.startsWith(folder) ? files.get(path.substring(folder.length())) : null;
  }

  private static SortedMap<String, byte[]> own(PathMatchingResourcePatternResolver resolver)
      throws IOException {
    String page = resolver.getResource(FOLDER + PAGE).getURL().toString();
    int start = page.length() - PAGE.length();
    SortedMap<String, byte[]> contents = new TreeMap<>();
    for (Resource file : resolver.getResources(FOLDER + "**/*.*")) {
      contents.put(file.getURL().toString().substring(start), file.getContentAsByteArray());
    }
    return contents;
  }

  private static String version(SortedMap<String, byte[]> contents, String template) {
    MessageDigest digest = sha256();
    digest.update(template.getBytes(StandardCharsets.UTF_8));
    contents.forEach((name, content) -> {
      digest.update((name + ' ' + content.length + '\n').getBytes(StandardCharsets.UTF_8));
      digest.update(content);
    });
    return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_LENGTH);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Lists all modules, so that the browser requests them at once and not import by import. */
  private String page(String template, SortedMap<String, byte[]> contents) {
    String folder = "console/" + version + "/";
    String modules =
        contents.keySet().stream()
            .filter(name -> name.endsWith(".js") && !name.startsWith("uplot/"))
            .map(name -> "<link rel=\"modulepreload\" href=\"" + folder + name + "\">")
            .collect(Collectors.joining("\n    "));
    return template.replace("{{files}}", folder).replace("{{modules}}", modules);
  }
}
