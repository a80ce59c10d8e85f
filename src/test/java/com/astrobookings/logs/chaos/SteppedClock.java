package com.astrobookings.logs.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clock of processes that are started with {@link #environment()}, by libfaketime, which Debian
 * has in the package {@code faketime}. The time that only grows is not changed.
 */
record SteppedClock(Path library, Path file) {

  private static final Path LIBRARIES = Path.of("/usr/lib");

  /**
   * Finds the library and sets the clock right; empty if it is not installed.
   *
   * @param file through which the clock is set
   */
  static Optional<SteppedClock> find(Path file) throws IOException {
    if (!Files.isDirectory(LIBRARIES)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(LIBRARIES)) {
      Optional<SteppedClock> clock =
          folders
              .map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
              .filter(Files::exists)
              .findFirst()
              .map(library -> new SteppedClock(library, file));
      if (clock.isPresent()) {
        clock.get().set(Duration.ZERO);
      }
      return clock;
    }
  }

  /** Sets the clock to the right time and so much more. */
  void set(Duration offset) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "%+d".formatted(offset.toSeconds()));
  }

  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        "DONT_FAKE_MONOTONIC", "1");
  }
}
