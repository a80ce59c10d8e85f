package com.astrobookings.logs.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The order of system calls that concern the disk, and of those that answer, by strace. */
public final class Strace {

  private static final Pattern CALL = Pattern.compile("(\\d+) +(\\w+)\\(\\d+<([^>]*)>(.*)");
  private static final Pattern RESUMED = Pattern.compile("(\\d+) +<\\.\\.\\. (\\w+) resumed>.*");

  private Strace() {}

  /** Whether strace is installed and may trace. */
  public static boolean isAvailable() {
    try {
      Process process =
          new ProcessBuilder("strace", "-f", "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns a command that runs {@code command} and writes its calls to {@code output}. */
  public static List<String> command(Path output, List<String> command) {
    return Stream.concat(
            Stream.of(
                "strace",
                "-f",
                "-y",
                "-s",
                "32",
                "-e",
                "trace=fsync,fdatasync,write,writev,pwrite64,sendto",
                "-o",
                output.toString()),
            command.stream())
        .toList();
  }

  /**
   * A call.
   *
   * @param name such as {@code fsync}
   * @param file what its file descriptor stands for
   * @param arguments the others
   */
  public record Call(String name, String file, String arguments) {

    public boolean isSync() {
      return name.equals("fsync") || name.equals("fdatasync");
    }
  }

  /** Reads the calls in the order in which syncs ended, and all others began. */
  public static List<Call> read(Path output) throws IOException {
    List<Call> calls = new ArrayList<>();
    Map<String, Call> unfinished = new HashMap<>();
    for (String line : Files.readAllLines(output)) {
      Matcher call = CALL.matcher(line);
      Matcher resumed = RESUMED.matcher(line);
      if (call.matches()) {
        Call made = new Call(call.group(2), call.group(3), call.group(4));
        if (made.isSync() && line.endsWith("<unfinished ...>")) {
          unfinished.put(call.group(1), made);
        } else {
          calls.add(made);
        }
      } else if (resumed.matches() && unfinished.containsKey(resumed.group(1))) {
        calls.add(unfinished.remove(resumed.group(1)));
      }
    }
    return calls;
  }

  /**
   * Returns the answers before which a write to {@code file} was not followed by a sync of it.
   *
   * @param answer what the arguments of an answer contain
   */
  public static List<Call> beforeSync(List<Call> calls, String file, String answer) {
    List<Call> early = new ArrayList<>();
    boolean dirty = false;
    for (Call call : calls) {
      if (call.file().endsWith(file)) {
        dirty = !call.isSync();
      } else if (dirty && call.arguments().contains(answer)) {
        early.add(call);
      }
    }
    return early;
  }
}
