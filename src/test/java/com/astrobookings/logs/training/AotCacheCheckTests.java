package com.astrobookings.logs.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test starts a JVM with a file that is no cache, which the JVM passes over. */
class AotCacheCheckTests {

  private static final String REFUSED = "was not trained with these jars";

  @TempDir private Path folder;
  private Path cache;

  private record Ended(int status, String output) {}

  @BeforeEach
  void nameTheCache() {
    cache = folder.resolve("logs.aot");
  }

  @Test
  void aCacheOfOtherJarsIsRefused() throws Exception {
    Files.writeString(cache, "cache");
    Files.writeString(folder.resolve("logs.aot.jars"), "1234");

    Ended ended = start("-XX:AOTCache=" + cache);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.output()).contains(REFUSED, cache.toString());
  }

  @Test
  void aCacheWithoutRecordIsRefused() throws Exception {
    Files.writeString(cache, "cache");

    assertThat(start("-XX:AOTCache=" + cache).output()).contains(REFUSED);
  }

  @Test
  void aMissingCacheIsNoReasonNotToStart() throws Exception {
    Ended ended = start("-XX:AOTCache=" + cache);

    assertThat(ended.status()).isZero();
    assertThat(ended.output()).doesNotContain(REFUSED);
  }

  @Test
  void withoutACacheNothingIsChecked() throws Exception {
    assertThat(start("-Xshare:auto").status()).isZero();
  }

  /** Runs a command of the service that starts nothing. */
  private static Ended start(String option) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            option,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "com.astrobookings.logs.LogsApplication",
            "make-key",
            "--name=test",
            "--scopes=logs:read");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
