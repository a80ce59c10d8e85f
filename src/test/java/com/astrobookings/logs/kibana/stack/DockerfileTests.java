package com.astrobookings.logs.kibana.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DockerfileTests {

  private List<String> lines;
  private List<String> runtime;

  @BeforeEach
  void read() throws IOException {
    String text = Files.readString(Path.of("src/main/docker/Dockerfile"));
    lines =
        text.replace("\\\n", "")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    runtime = lines.subList(lines.indexOf("FROM ${RUNTIME_IMAGE}${RUNTIME_DIGEST}"), lines.size());
  }

  @Test
  void baseImagesCanBePinnedByDigest() {
    assertThat(lines)
        .contains(
            "ARG BUILD_DIGEST=",
            "ARG RUNTIME_DIGEST=",
            "FROM ${BUILD_IMAGE}${BUILD_DIGEST} AS build");
  }

  @Test
  void theImageSaysWhatItIs() {
    assertThat(String.join("\n", runtime))
        .contains(
            "org.opencontainers.image.title=",
            "org.opencontainers.image.version=",
            "org.opencontainers.image.revision=\"${COMMIT}\"",
            "org.opencontainers.image.base.name=\"${RUNTIME_IMAGE}\"");
  }

  @Test
  void theServiceRunsAsNobodyInParticular() {
    int user = runtime.indexOf("USER 10001:10001");
    assertThat(user).isPositive();
    assertThat(runtime.subList(user, runtime.size())).noneMatch(line -> line.startsWith("RUN"));
  }

  @Test
  void theServiceIsProcessOneSoThatItIsToldToStop() {
    assertThat(runtime.getLast()).startsWith("ENTRYPOINT [\"java\",").endsWith("app.jar\"]");
  }

  @Test
  void theCacheIsTrainedByTheJvmAndTheJarsThatUseIt() {
    int start = lines.indexOf("FROM ${RUNTIME_IMAGE}${RUNTIME_DIGEST} AS training");
    List<String> training = lines.subList(start, lines.indexOf(runtime.getFirst()));
    assertThat(training).containsAll(starting("COPY --from=build /build/layers/").toList());
    assertThat(runtime)
        .containsAll(starting("COPY --from=build /build/layers/").toList())
        .contains("COPY --from=training /opt/app.aot /opt/app.aot.jars /opt/astrobookings-logs/");
    assertThat(training.getLast())
        .contains("-XX:AOTCacheOutput=/opt/app.aot")
        .endsWith("/opt/astrobookings-logs/app.jar train");
    assertThat(runtime.getLast()).contains("\"-XX:AOTCache=/opt/astrobookings-logs/app.aot\"");
  }

  @Test
  void whatItKeepsIsInAVolumeWhereItStarts() {
    assertThat(runtime)
        .contains("VOLUME /var/lib/astrobookings-logs", "WORKDIR /var/lib/astrobookings-logs");
  }

  @Test
  void healthIsReadinessAndNeedsNoFurtherTool() {
    assertThat(String.join("\n", runtime))
        .contains("CMD [\"bash\", \"/opt/astrobookings-logs/alive.sh\"]")
        .doesNotContain("apt-get", "curl", "wget");
  }

  @Test
  void whatIsCopiedIsThereAndNotIgnored() throws IOException {
    List<String> let =
        Files.readAllLines(Path.of(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    List<String> copied =
        starting("COPY ")
            .filter(line -> !line.contains("--from"))
            .flatMap(DockerfileTests::sources)
            .toList();
    assertThat(copied).isNotEmpty().allMatch(source -> Files.exists(Path.of(source)));
    assertThat(copied).allMatch(source -> let.stream().anyMatch(source::startsWith));
  }

  private Stream<String> starting(String prefix) {
    return lines.stream().filter(line -> line.startsWith(prefix));
  }

  private static Stream<String> sources(String copy) {
    List<String> words = Arrays.asList(copy.split(" "));
    return words.subList(1, words.size() - 1).stream();
  }
}
