package com.astrobookings.logs.spool;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Appends entries one after the other, in a process of its own, and prints the accepted keys. */
final class SpoolProcess {

  private SpoolProcess() {}

  /** Takes the folder, how SQLite syncs, and the number of entries. */
  public static void main(String[] args) throws IOException {
    SpoolFile.Synchronous synchronous = SpoolFile.Synchronous.valueOf(args[1]);
    // Not System.out: each line shall leave at once.
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        Spool spool =
            SpoolOpening.open(Path.of(args[0]), Spools.MAX_BYTES, Spools.RESERVE, synchronous)) {
      int count = Integer.parseInt(args[2]);
      for (int number = 0; number < count; number++) {
        Appended appended =
            Spools.append(spool, Spools.entries(number, number + 1, 500)).getFirst();
        if (appended instanceof Appended.Accepted) {
          out.write(("accepted k" + number + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  static List<String> command(Path folder, SpoolFile.Synchronous synchronous, int count) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        SpoolProcess.class.getName(),
        folder.toString(),
        synchronous.name(),
        Integer.toString(count));
  }
}
