package com.astrobookings.logs.kibana;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a script ended.
 *
 * @param status 0 if all went well
 * @param output what it printed, errors included
 */
public record Shell(int status, String output) {

  /** Runs a command with these variables besides the path, and nothing else. */
  public static Shell run(Map<String, String> variables, String... command) {
    return run(Path.of("").toAbsolutePath(), variables, command);
  }

  /** Runs a command in a folder with these variables besides the path, and nothing else. */
  public static Shell run(Path folder, Map<String, String> variables, String... command) {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command)).directory(folder.toFile()).redirectErrorStream(true);
    String path = builder.environment().get("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
      return new Shell(process.exitValue(), output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(failure);
    }
  }
}
