package com.astrobookings.logs.kibana.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.astrobookings.logs.kibana.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code write-env.sh} in a working copy of its own. */
class EnvironmentFileTests {

  @TempDir private Path copy;
  private Path script;

  @BeforeEach
  void copyTheScript() throws IOException {
    Path folder = Files.createDirectories(copy.resolve("src/main/docker"));
    script = folder.resolve("write-env.sh");
    Files.copy(Path.of("src/main/docker/write-env.sh"), script);
  }

  @Test
  void writesALongRandomSecretForEachName() throws IOException {
    assertThat(write().status()).isZero();
    assertThat(lines()).hasSize(6);
    assertThat(lines().subList(0, 4))
        .allMatch(line -> line.matches("[A-Z_]+=[0-9a-f]{48}"))
        .extracting(line -> line.substring(line.indexOf('=')))
        .doesNotHaveDuplicates();
  }

  @Test
  void makesAKeyForTheServiceThatKnowsOnlyItsHash() throws Exception {
    write();
    Matcher key = Pattern.compile("LOGS_API_KEY=(alk_([0-9a-f]{8})_[0-9a-f]{40})").matcher("");
    assertThat(key.reset(lines().get(4)).matches()).isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(key.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(lines().get(5))
        .isEqualTo("LOGS_API_KEY_HASH=" + key.group(2) + ":" + HexFormat.of().formatHex(hash));
  }

  @Test
  void onlyTheOwnerMayReadThem() throws IOException {
    Files.writeString(file(), "");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    write();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void whatIsThereStays() throws IOException {
    Files.writeString(file(), "OTHER=1\nELASTIC_PASSWORD=mine\nKIBANA_SYSTEM_PASSWORD=");
    write();
    List<String> first = lines();
    assertThat(first).contains("OTHER=1", "ELASTIC_PASSWORD=mine").hasSize(8);
    assertThat(first.get(5)).startsWith("KIBANA_ENCRYPTION_KEY=");
    write();
    assertThat(lines()).isEqualTo(first);
  }

  @Test
  void saysWhereTheyAreAndNotWhatTheyAre() throws IOException {
    String output = write().output();
    assertThat(output).contains(".env");
    for (String line : lines()) {
      assertThat(output).doesNotContain(line.substring(line.indexOf('=') + 1));
    }
  }

  private Shell write() {
    return Shell.run(copy, Map.of(), "sh", script.toString());
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file());
  }

  private Path file() {
    return copy.resolve(".env");
  }
}
