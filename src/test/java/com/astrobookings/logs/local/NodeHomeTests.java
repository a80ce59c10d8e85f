package com.astrobookings.logs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class NodeHomeTests {
  private static final Set<PosixFilePermission> ALL = PosixFilePermissions.fromString("rwxrwxrwx");

  @TempDir private Path folder;

  @Test
  void createsItsFoldersForItsOwnerAlone() throws IOException {
    Path data = folder.resolve("new").resolve("data");
    try (NodeHome home = NodeHome.open(data)) {
      home.configure(Map.of());
      assertThat(permissions(data)).isEqualTo("rwx------");
      assertThat(permissions(home.folder())).isEqualTo("rwx------");
      assertThat(permissions(home.cache())).isEqualTo("rwx------");
    }
  }

  @Test
  void closesAFolderThatWasOpenAndLeavesItsParentAlone() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("elasticsearch"));
    Files.setPosixFilePermissions(folder, ALL);
    Files.setPosixFilePermissions(inner, ALL);
    NodeHome.open(folder).close();
    assertThat(permissions(folder)).isEqualTo("rwxrwxrwx");
    assertThat(permissions(inner)).isEqualTo("rwx------");
  }

  @Test
  void isHeldByOneServiceAtATime() {
    try (NodeHome first = NodeHome.open(folder)) {
      assertThatExceptionOfType(LocalNodeException.class)
          .isThrownBy(() -> NodeHome.open(folder))
          .withMessageContaining("(process " + ProcessHandle.current().pid() + ")")
          .withMessageContaining(first.folder().toString())
          .extracting(LocalNodeException::remedy)
          .asString()
          .contains("logs.local.data", "spring.elasticsearch.uris");
    }
    NodeHome.open(folder).close();
  }

  @Test
  void saysWhichFolderCannotBeUsed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatExceptionOfType(LocalNodeException.class)
        .isThrownBy(() -> NodeHome.open(file))
        .withMessageContaining("cannot be used")
        .withMessageContaining(file.toString())
        .extracting(LocalNodeException::remedy)
        .asString()
        .contains("writable", "logs.local.data");
  }

  @Test
  void isRefusedOnAFullDisk() {
    assertThatNoException()
        .isThrownBy(() -> NodeHome.refuseFullDisk(folder, DataSize.ofMegabytes(512).toBytes()));
    assertThatExceptionOfType(LocalNodeException.class)
        .isThrownBy(() -> NodeHome.refuseFullDisk(folder, DataSize.ofMegabytes(511).toBytes()))
        .withMessageContaining("only 511 MB left")
        .extracting(LocalNodeException::remedy)
        .asString()
        .contains("Free some space");
  }

  @Test
  void bindsTheNodeToLoopbackAndQuotesItsSettings() throws IOException {
    try (NodeHome home = NodeHome.open(folder.resolve("a \"b\" \\c"))) {
      home.configure(Map.of("node.name", "other"));
      assertThat(home.folder().resolve("config").resolve("elasticsearch.yml"))
          .content()
          .contains("network.host: \"127.0.0.1\"", "node.name: \"other\"", "a \\\"b\\\" \\\\c")
          .contains("disk.watermark.flood_stage: \"536870912b\"");
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
