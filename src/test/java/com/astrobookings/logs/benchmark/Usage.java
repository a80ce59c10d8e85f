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

  /** That part of it which went into compilation; zero where it is not known. */
  Duration compilerTime() {
    Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
    try (Stream<Path> all = Files.list(tasks)) {
      return Duration.ofMillis(all.mapToLong(Usage::compilerMillis).sum());
    } catch (IOException notLinux) {
      return Duration.ZERO;
    }
  }

  /** The kernel counts in hundredths of a second, in the fields 14 and 15. */
  private static long compilerMillis(Path task) {
    try {
      String stat = Files.readString(task.resolve("stat"));
      int name = stat.lastIndexOf(')');
      if (!stat.substring(0, name).matches(".*\\(C[12] Compile.*")) {
        return 0;
      }
      String[] fields = stat.substring(name + 2).split(" ", -1);
      return 10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
    } catch (IOException threadEnded) {
      return 0;
    }
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
