package com.astrobookings.logs.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Builds the command line of a node process, and the jar of its main class. */
final class NodeLauncher {
  private static final String MAIN = NodeMain.class.getName().replace('.', '/') + ".class";

  /** As the full distribution sets them. */
  private static final List<String> PROPERTIES =
      List.of(
          "-Dstdout.encoding=UTF-8",
          "-Dstderr.encoding=UTF-8",
          "-Dlog4j.shutdownHookEnabled=false",
          "-Dlog4j2.disable.jmx=true",
          "-Dio.netty.noUnsafe=true",
          "-Dio.netty.noKeySetOptimization=true",
          "-Dio.netty.recycler.maxCapacityPerThread=0");

  private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);

  private NodeLauncher() {}

  /**
   * Returns the command line.
   *
   * @param jvm options of the JVM, such as the heap size
   * @param port the HTTP port; 0 for any free one
   */
  static List<String> command(
      NodeDistribution distribution, NodeHome home, List<String> jvm, int port) throws IOException {
    Path launcher = jar(home.cache());
    Path archive = ClassArchive.in(home.cache(), distribution.lib(), launcher);
    List<String> command = new ArrayList<>();
    command.add(java().toString());
    command.addAll(jvm);
    command.addAll(List.of("-Xss1m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive));
    command.addAll(failures(home.logs()));
    command.addAll(modules(distribution));
    command.add("-Djava.io.tmpdir=" + home.temp());
    command.addAll(PROPERTIES);
    command.addAll(List.of("-cp", launcher.toString(), NodeMain.class.getName()));
    command.add(home.folder().toString());
    command.add(distribution.modules().toString());
    command.add(Integer.toString(port));
    return command;
  }

  private static List<String> failures(Path logs) {
    return List.of(
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:ErrorFile=" + logs.resolve("crash.log"),
        "-Xlog:disable",
        "-Xlog:all=error:stderr");
  }

  private static List<String> modules(NodeDistribution distribution) {
    return List.of(
        "--module-path",
        distribution.lib().toString(),
        "--add-modules",
        "ALL-MODULE-PATH,jdk.incubator.vector",
        "--enable-native-access="
            + "ALL-UNNAMED,org.apache.lucene.core,org.elasticsearch.nativeaccess");
  }

  private static Path java() {
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    Path java = bin.resolve("java");
    Path found = Files.exists(java) ? java : bin.resolve("java.exe");
    if (!Files.exists(found)) {
      throw new LocalNodeException(
          "The Java that runs the service has no launcher for the local Elasticsearch: "
              + java
              + " is missing.",
          "Run the service with a complete JDK 25 or newer, or set spring.elasticsearch.uris.");
    }
    return found;
  }

  /** A CDS archive holds classes of jars only, and is invalid if a jar is newer. */
  private static Path jar(Path cache) throws IOException {
    Path jar = cache.resolve("launcher.jar");
    byte[] content = content();
    if (!Files.exists(jar) || !Arrays.equals(content, Files.readAllBytes(jar))) {
      Path fresh = cache.resolve("launcher.jar.new");
      Files.write(fresh, content);
      Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    }
    return jar;
  }

  private static byte[] content() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes);
        InputStream main =
            Objects.requireNonNull(NodeMain.class.getClassLoader().getResourceAsStream(MAIN))) {
      JarEntry entry = new JarEntry(MAIN);
      entry.setTimeLocal(EPOCH);
      jar.putNextEntry(entry);
      main.transferTo(jar);
    }
    return bytes.toByteArray();
  }
}
