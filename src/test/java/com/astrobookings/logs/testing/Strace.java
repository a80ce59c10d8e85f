package com.astrobookings.logs.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                "512",
                "-e",
                "trace=fsync,fdatasync,write,writev,pwrite64,sendto",
                "-o",
                output.toString()),
            command.stream())
        .toList();
  }

  /** A trace of a process that runs already. */
  public static final class Trace implements AutoCloseable {

    private final Process strace;

    private Trace(Process strace) {
      this.strace = strace;
    }

    /** Ends the trace, not the process. */
    @Override
    public void close() {
      strace.destroy();
      strace.onExit().join();
    }
  }

  /**
   * Traces a process that runs, and writes its calls to {@code output}; empty if that is not
   * allowed.
   */
  public static Optional<Trace> attach(Path output, ProcessHandle process) throws IOException {
    List<String> command = command(output, List.of("-p", Long.toString(process.pid())));
    Process strace = new ProcessBuilder(command).redirectErrorStream(true).start();
    String line = strace.inputReader().readLine();
    return line != null && line.contains("attached")
        ? Optional.of(new Trace(strace))
        : Optional.empty();
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
   * Returns the answers, given one after another, before which {@code file} was not synced since
   * the answer before, or was written to once more.
   *
   * @param answer what the arguments of an answer contain
   */
  public static List<Call> beforeSync(List<Call> calls, String file, String answer) {
    List<Call> early = new ArrayList<>();
    boolean synced = false;
    for (Call call : calls) {
      if (call.file().endsWith(file)) {
        synced = call.isSync();
      } else if (call.arguments().contains(answer)) {
        if (!synced) {
          early.add(call);
        }
        synced = false;
      }
    }
    return early;
  }

  /** Returns how many answers there are. */
  public static long count(List<Call> calls, String answer) {
    return calls.stream().filter(call -> call.arguments().contains(answer)).count();
  }
}
