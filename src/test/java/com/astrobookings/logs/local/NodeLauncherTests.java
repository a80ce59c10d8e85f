package com.astrobookings.logs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLauncherTests {
  private static final NodeDistribution DISTRIBUTION = NodeDistribution.find();

  @TempDir private Path folder;

  @Test
  void startsTheMainClassFromAJarOfItsOwn() throws IOException {
    List<String> command = command();
    Path jar = Path.of(command.get(command.indexOf("-cp") + 1));
    try (JarFile content = new JarFile(jar.toFile())) {
      assertThat(content.stream().map(Object::toString))
          .containsExactly("com/astrobookings/logs/local/NodeMain.class");
    }
    assertThat(command)
        .contains(
            "-Xmx300m", DISTRIBUTION.lib().toString(), "com.astrobookings.logs.local.NodeMain")
        .endsWith(DISTRIBUTION.modules().toString(), "9201");
  }

  @Test
  void leavesTheJarAloneThatTheClassArchiveBelongsTo() throws IOException {
    List<String> command = command();
    Path jar = Path.of(command.get(command.indexOf("-cp") + 1));
    FileTime before = FileTime.from(Instant.parse("2024-08-11T00:00:00Z"));
    Files.setLastModifiedTime(jar, before);
    command();
    assertThat(Files.getLastModifiedTime(jar)).isEqualTo(before);
  }

  @Test
  void replacesTheJarOfAnOlderService() throws IOException {
    List<String> command = command();
    Path jar = Path.of(command.get(command.indexOf("-cp") + 1));
    byte[] content = Files.readAllBytes(jar);
    Files.write(jar, new byte[] {1});
    command();
    assertThat(jar).hasBinaryContent(content);
  }

  private List<String> command() throws IOException {
    try (NodeHome home = NodeHome.open(folder)) {
      home.configure(Map.of());
      return NodeLauncher.command(DISTRIBUTION, home, List.of("-Xmx300m"), 9201);
    }
  }
}
