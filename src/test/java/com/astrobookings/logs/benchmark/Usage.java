package com.astrobookings.logs.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** What a process has used. Memory is known on Linux only. */
record Usage(ProcessHandle process) {

  /** Processor time of all its threads, in user and system mode, compilation and GC included. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** The most physical memory that it has held, in MiB. */
  Optional<Long> peakMemory() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
          .findFirst();
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
