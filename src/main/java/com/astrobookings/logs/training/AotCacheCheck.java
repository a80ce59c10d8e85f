package com.astrobookings.logs.training;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.boot.SpringApplication.AbandonedRunException;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/**
 * Refuses to start with an ahead-of-time cache of other jars. The JVM would run the classes of the
 * cache in place of those in the jars: before 25.0.4 it compares nothing (JDK-8377932), later only
 * sizes and times, and the times of a reproducible build are all the same. What else does not fit,
 * another JVM or a damaged file, the JVM notices and starts without the cache.
 */
final class AotCacheCheck implements ApplicationListener<ApplicationStartingEvent> {

  /** Ends the program with status 1. */
  private static final class Refused extends AbandonedRunException implements ExitCodeGenerator {
    @Override
    public int getExitCode() {
      return 1;
    }
  }

  @Override
  public void onApplicationEvent(ApplicationStartingEvent event) {
    String cache = option("AOTCache");
    if (!cache.isEmpty() && Files.exists(Path.of(cache)) && !isOfTheseJars(Path.of(cache))) {
      IO.println(
          "The cache "
              + cache
              + " was not trained with these jars, and the JVM would run its classes in place of"
              + " theirs. Train it again (see the README), or start without -XX:AOTCache.");
      throw new Refused();
    }
  }

  /** Records which jars the cache is of that this JVM writes when it ends, if it does. */
  static void record() {
    String cache = option("AOTCacheOutput");
    if (!cache.isEmpty()) {
      try {
        Files.writeString(record(Path.of(cache)), checksum());
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
  }

  private static boolean isOfTheseJars(Path cache) {
    try {
      return Files.readString(record(cache)).equals(checksum());
    } catch (IOException missing) {
      return false;
    }
  }

  private static Path record(Path cache) {
    return Path.of(cache + ".jars");
  }

  /**
   * Of the first jar, and of the names of the others, which hold their versions. The first jar
   * names those that it brings in its manifest.
   */
  private static String checksum() throws IOException {
    String[] jars = System.getProperty("java.class.path").split(File.pathSeparator);
    CRC32C checksum = new CRC32C();
    checksum.update(Files.readAllBytes(Path.of(jars[0])));
    Arrays.stream(jars)
        .map(jar -> String.valueOf(Path.of(jar).getFileName()))
        .forEach(name -> checksum.update(name.getBytes(StandardCharsets.UTF_8)));
    return Long.toHexString(checksum.getValue());
  }

  private static String option(String name) {
    return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .getVMOption(name)
        .getValue();
  }
}
