package com.astrobookings.logs.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Names the class data sharing archive (CDS) of the node, which halves its start time. The JVM
 * writes it when the first node ends. The JVM ignores an archive of another JVM version or of other
 * jars, but does not replace it; therefore each combination has a file name of its own.
 */
final class ClassArchive {
  private static final String SUFFIX = ".jsa";

  private ClassArchive() {}

  /**
   * Returns the path of the archive for these jars, and deletes any other archive in the folder.
   */
  static Path in(Path cache, Path lib, Path launcher) throws IOException {
    Path archive = cache.resolve("node-" + fingerprint(lib, launcher) + SUFFIX);
    for (Path file : list(cache)) {
      if (file.toString().endsWith(SUFFIX) && !file.equals(archive)) {
        Files.delete(file);
      }
    }
    return archive;
  }

  private static String fingerprint(Path lib, Path launcher) throws IOException {
    StringBuilder text =
        new StringBuilder(System.getProperty("java.home"))
            .append(System.getProperty("java.vm.version"));
    List<Path> jars = Stream.concat(Stream.of(launcher), list(lib).stream()).toList();
    for (Path jar : jars) {
      text.append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
    }
    CRC32C checksum = new CRC32C();
    checksum.update(text.toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(checksum.getValue());
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
