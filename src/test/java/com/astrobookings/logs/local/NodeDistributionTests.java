package com.astrobookings.logs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDistributionTests {
  @TempDir private Path folder;

  @Test
  void isTheFirstCompleteOne() throws IOException {
    Path incomplete = Files.createDirectory(folder.resolve("incomplete"));
    Path complete = Files.createDirectory(folder.resolve("complete"));
    Files.createFile(complete.resolve("version-9.5.3"));
    assertThat(NodeDistribution.find(List.of(folder.resolve("none"), incomplete, complete)))
        .isEqualTo(new NodeDistribution(complete, "9.5.3"));
  }

  @Test
  void liesWhereTheBuildHasPutIt() {
    NodeDistribution distribution = NodeDistribution.find();
    assertThat(distribution.lib())
        .isDirectoryContaining("glob:**/elasticsearch-" + distribution.version() + ".jar");
    assertThat(distribution.modules().resolve("x-pack-kql")).isNotEmptyDirectory();
  }

  @Test
  void isAskedForWithTheTwoRemedies() {
    assertThatExceptionOfType(LocalNodeException.class)
        .isThrownBy(() -> NodeDistribution.find(List.of(folder)))
        .withMessageContaining(folder.toString())
        .extracting(LocalNodeException::remedy)
        .asString()
        .contains("SPRING_ELASTICSEARCH_URIS", "./mvnw spring-boot:run");
  }
}
