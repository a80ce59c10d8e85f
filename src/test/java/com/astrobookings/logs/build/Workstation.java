package com.astrobookings.logs.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A made-up machine on which the real mvnw runs: a home folder, a PATH and JDKs of its own. Most
 * folders have a space in their name. Its Maven prints its version, JAVA_HOME and the arguments,
 * one a line.
 */
final class Workstation {

  private static final List<String> TOOLS =
      List.of(
          "cat chmod curl mkdir mktemp mv openssl readlink rm sed sha256sum shasum tr wget"
              .split(" "));

  private final Map<String, String> environment = new HashMap<>();
  private final Path root;
  private final Path home;
  private final Path path;
  private final Path jdks;
  private final Path project;

  Workstation(Path folder) throws IOException {
    root = folder.toRealPath();
    home = Files.createDirectory(root.resolve("home of a user"));
    path = Files.createDirectory(root.resolve("on the path"));
    jdks = Files.createDirectory(root.resolve("the jdks"));
    project = Files.createDirectory(root.resolve("a project"));
    for (var tool : TOOLS) {
      replace(tool, real -> "exec '" + real + "' \"$@\"");
    }
    Files.copy(Path.of("mvnw"), script());
    executable(script());
    set("HOME", home.toString());
    set("PATH", path.toString());
    set("MVNW_JDK_DIRS", root.resolve("missing") + ":" + jdks);
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  void unset(String variable) {
    environment.remove(variable);
  }

  /** Puts a script in the place of a tool, if this machine has that tool. */
  void replace(String tool, UnaryOperator<String> script) throws IOException {
    var real = onRealPath(tool);
    if (real.isPresent()) {
      writeScript(onPath(tool), script.apply(real.get().toString()));
    }
  }

  boolean has(String tool) {
    return Files.exists(path.resolve(tool));
  }

  void without(String tool) throws IOException {
    Files.deleteIfExists(path.resolve(tool));
  }

  Path home() {
    return home;
  }

  Path root() {
    return root;
  }

  Path script() {
    return project.resolve("mvnw");
  }

  Path jdk(String version) throws IOException {
    return jdk(jdks.resolve("jdk " + version), version);
  }

  Path jdk(Path folder, String version) throws IOException {
    var jdk = jre(folder, version);
    writeScript(jdk.resolve("bin/javac"), "exit 1");
    var jar = Path.of(System.getProperty("java.home"), "bin", "jar");
    writeScript(jdk.resolve("bin/jar"), "exec '" + jar + "' \"$@\"");
    return jdk;
  }

  Path jre(Path folder, String version) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(
        folder.resolve("release"),
        """
        IMPLEMENTOR="Nobody"
        JAVA_VERSION="%s"
        JAVA_VERSION_DATE="2025-09-16"
        """
            .formatted(version));
    java(folder.resolve("bin/java"), folder, version);
    return folder;
  }

  /** Writes a launcher that answers as {@code java -version} of the JDK in that folder does. */
  void java(Path launcher, Path jdk, String version) throws IOException {
    writeScript(
        launcher,
        """
        echo 'Picked up JAVA_TOOL_OPTIONS: -Dsome=thing' >&2
        [ "$1" = -version ] || echo '    java.home = %s' >&2
        echo 'openjdk version "%s" 2025-09-16' >&2
        """
            .formatted(jdk, version));
  }

  void link(String name, Path target) throws IOException {
    Files.createSymbolicLink(path.resolve(name), target);
  }

  Path onPath(String name) {
    return path.resolve(name);
  }

  /** Puts a Maven laid out like the Apache release on the PATH. */
  void maven(String version) throws IOException {
    var maven = root.resolve("maven " + version);
    Files.createDirectories(maven.resolve("lib"));
    Files.createFile(maven.resolve("lib/maven-core-" + version + ".jar"));
    writeScript(maven.resolve("bin/mvn"), mavenThatPrints(version));
    link("mvn", maven.resolve("bin/mvn"));
  }

  /** Puts a Maven on the PATH that has to be started to tell its version. */
  void bareMaven(String version) throws IOException {
    writeScript(
        onPath("mvn"),
        """
        if [ "$1" = --version ]; then
          printf '\\033[1mApache Maven %s (0123abc)\\033[m\\nMaven home: /nowhere\\n'
          exit
        fi
        """
                .formatted(version)
            + mavenThatPrints(version));
  }

  static String mavenThatPrints(String version) {
    return """
    printf '%%s\\n' 'maven %s' "$JAVA_HOME" "$@"
    exit "${MAVEN_EXIT:-0}"
    """
        .formatted(version);
  }

  /** Says in the project which Maven to fetch. */
  void pin(String url, String sha256) throws IOException {
    var properties = project.resolve(".mvn/wrapper/maven-wrapper.properties");
    Files.createDirectories(properties.getParent());
    Files.writeString(
        properties,
        """
        # a comment
        distributionUrl=%s
        distributionSha256Sum=%s
        """
            .formatted(url, sha256));
  }

  /** Every file that fetching Maven has left in the home folder. */
  List<Path> fetchedFiles() throws IOException {
    var dists = home.resolve(".m2/wrapper/dists");
    if (Files.notExists(dists)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(dists)) {
      return files.filter(Files::isRegularFile).map(dists::relativize).sorted().toList();
    }
  }

  Run run(String... arguments) throws IOException, InterruptedException {
    return start(script(), arguments).end();
  }

  Running start(Path command, String... arguments) throws IOException {
    var words = new ArrayList<>(List.of(command.toString()));
    words.addAll(List.of(arguments));
    var out = Files.createTempFile(root, "out", null);
    var err = Files.createTempFile(root, "err", null);
    var builder = new ProcessBuilder(words).directory(root.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Running(builder.start(), out, err);
  }

  static void writeScript(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    executable(file);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Optional<Path> onRealPath(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A started mvnw. */
  record Running(Process process, Path out, Path err) {

    Run end() throws IOException, InterruptedException {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("mvnw ends").isTrue();
      return new Run(process.exitValue(), Files.readAllLines(out), Files.readString(err));
    }
  }

  /** What a run of mvnw has come to; out is what Maven has printed. */
  record Run(int exit, List<String> out, String err) {

    void isMaven(String version, Path javaHome, String... arguments) {
      var expected = new ArrayList<>(List.of("maven " + version, javaHome.toString()));
      expected.addAll(List.of(arguments));
      assertThat(out).as(err).isEqualTo(expected);
      assertThat(exit).as(err).isZero();
    }

    void failsWith(String... messages) {
      assertThat(err).contains(messages);
      assertThat(out).as("Maven has not run").isEmpty();
      assertThat(exit).isEqualTo(1);
    }
  }
}
