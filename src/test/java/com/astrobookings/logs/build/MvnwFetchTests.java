package com.astrobookings.logs.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How mvnw comes to a Maven where none is installed that will do. */
class MvnwFetchTests {

  private Workstation machine;
  private Path jdk;

  @BeforeEach
  void setUp(@TempDir Path folder) throws IOException {
    machine = new Workstation(folder);
    jdk = machine.jdk("25");
  }

  @Test
  void fetchesThePinnedMavenOnce() throws Exception {
    try (var server = new ReleaseServer(ReleaseServer::whole)) {
      machine.pin(server.url(), server.sha256());

      machine.run("-v", "two words").isMaven(ReleaseServer.VERSION, jdk, "-v", "two words");
      machine.run("verify").isMaven(ReleaseServer.VERSION, jdk, "verify");

      assertThat(server.requests()).hasSize(1);
      assertThat(machine.fetchedFiles())
          .containsExactly(Path.of("apache-maven-3.9.99", server.sha256(), "bin/mvn"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.8.5", "3.6.3", "2.2.1"})
  void passesOverAMavenThatIsTooOld(String version) throws Exception {
    machine.maven(version);
    assertFetches();
  }

  @Test
  void passesOverAMavenThatSaysItIsTooOld() throws Exception {
    machine.bareMaven("3.6.3");
    assertFetches();
  }

  @Test
  void passesOverAMavenThatDoesNotStart() throws Exception {
    Workstation.writeScript(machine.onPath("mvn"), "exit 1");
    assertFetches();
  }

  @Test
  void passesOverAMavenThatIsAnMvnwItself() throws Exception {
    machine.link("mvn", machine.script());
    assertFetches();
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget"})
  void fetchesWithEitherTool(String tool) throws Exception {
    leaveOnly(tool, List.of("curl", "wget"));
    assertFetches();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256sum", "shasum", "openssl"})
  void checksWithAnyTool(String tool) throws Exception {
    leaveOnly(tool, List.of("sha256sum", "shasum", "openssl"));
    assertFetches();
    assertRefusesAWrongChecksum();
  }

  @Test
  void findsItsSettingsThroughALinkFromAnotherFolder() throws Exception {
    var link = machine.home().resolve("link to mvnw");
    Files.createSymbolicLink(link, Path.of("../a project/mvnw"));
    try (var server = new ReleaseServer(ReleaseServer::whole)) {
      machine.pin(server.url(), server.sha256());

      machine.start(link, "-v").end().isMaven(ReleaseServer.VERSION, jdk, "-v");
    }
  }

  @Test
  void findsItsSettingsWhenStartedByNameOnly() throws Exception {
    Files.createSymbolicLink(machine.root().resolve("mvnw"), Path.of("a project/mvnw"));
    try (var server = new ReleaseServer(ReleaseServer::whole)) {
      machine.pin(server.url(), server.sha256());

      machine
          .start(Path.of("/bin/sh"), "mvnw", "-v")
          .end()
          .isMaven(ReleaseServer.VERSION, jdk, "-v");
    }
  }

  @Test
  void keepsMavenWhereMavenUserHomeSays() throws Exception {
    var elsewhere = machine.root().resolve("maven user home");
    machine.set("MAVEN_USER_HOME", elsewhere.toString());

    assertFetches();

    assertThat(elsewhere.resolve("wrapper/dists")).isDirectory();
    assertThat(machine.fetchedFiles()).isEmpty();
  }

  @Test
  void fetchesFromARepositoryOnRequest() throws Exception {
    try (var server = new ReleaseServer(ReleaseServer::whole)) {
      machine.pin("http://127.0.0.1:1/apache-maven-3.9.99-bin.zip", server.sha256());
      machine.set("MVNW_REPOURL", server.base() + "/repository/");

      machine.run().isMaven(ReleaseServer.VERSION, jdk);

      assertThat(server.requests())
          .containsExactly(
              "/repository/org/apache/maven/apache-maven/3.9.99/apache-maven-3.9.99-bin.zip");
    }
  }

  @Test
  void refusesAWrongChecksum() throws Exception {
    assertRefusesAWrongChecksum();
    assertThat(machine.fetchedFiles()).isEmpty();
  }

  @Test
  void leavesNothingOfATruncatedDownload() throws Exception {
    try (var server = new ReleaseServer(ReleaseServer::truncated)) {
      machine.pin(server.url(), server.sha256());

      machine.run().failsWith("cannot fetch " + server.url(), "install Maven 3.8.6 or newer");
      assertThat(machine.fetchedFiles()).isEmpty();
    }
  }

  @Test
  void leavesNothingOfAMissingRelease() throws Exception {
    try (var server = new ReleaseServer(ReleaseServer::missing)) {
      machine.pin(server.url(), server.sha256());

      machine.run().failsWith("cannot fetch " + server.url(), "install Maven 3.8.6 or newer");
      assertThat(machine.fetchedFiles()).isEmpty();
    }
  }

  @Test
  void saysWhenThereIsNothingToFetchWith() throws Exception {
    machine.without("curl");
    machine.without("wget");
    machine.pin("http://127.0.0.1:1/apache-maven-3.9.99-bin.zip", "0");

    machine.run().failsWith("neither curl nor wget");
  }

  @Test
  void runsNothingThatItCannotCheck() throws Exception {
    for (var tool : List.of("sha256sum", "shasum", "openssl")) {
      machine.without(tool);
    }
    try (var server = new ReleaseServer(ReleaseServer::whole)) {
      machine.pin(server.url(), server.sha256());

      machine.run().failsWith("neither sha256sum, shasum nor openssl");
      assertThat(machine.fetchedFiles()).isEmpty();
    }
  }

  @Test
  void twoAtOnceDoNotDisturbEachOther() throws Exception {
    try (var server = new ReleaseServer(ReleaseServer.together(2))) {
      machine.pin(server.url(), server.sha256());

      var first = machine.start(machine.script(), "one");
      var second = machine.start(machine.script(), "two");

      first.end().isMaven(ReleaseServer.VERSION, jdk, "one");
      second.end().isMaven(ReleaseServer.VERSION, jdk, "two");
      assertThat(server.requests()).hasSize(2);
      assertThat(machine.fetchedFiles()).hasSize(1);
    }
  }

  @Test
  void keepsOneCopyWhenAnotherFetchIsFaster() throws Exception {
    machine.replace("mv", mv -> "/bin/cp -R \"$1\" \"$2\"; exec '" + mv + "' \"$@\"");
    assertFetches();
    assertThat(machine.fetchedFiles()).hasSize(1);
  }

  @Test
  void pinsAReleaseOfTheApacheArchive() throws Exception {
    var pinned = new Properties();
    try (var file = Files.newBufferedReader(Path.of(".mvn/wrapper/maven-wrapper.properties"))) {
      pinned.load(file);
    }

    assertThat(pinned.getProperty("distributionUrl"))
        .matches("https://archive\\.apache\\.org/dist/maven/.*/apache-maven-[\\d.]+-bin\\.zip");
    assertThat(pinned.getProperty("distributionSha256Sum")).matches("[0-9a-f]{64}");
  }

  private void assertFetches() throws Exception {
    try (var server = new ReleaseServer(ReleaseServer::whole)) {
      machine.pin(server.url(), server.sha256());

      machine.run("-v").isMaven(ReleaseServer.VERSION, jdk, "-v");

      assertThat(server.requests()).hasSize(1);
    }
  }

  private void assertRefusesAWrongChecksum() throws Exception {
    try (var server = new ReleaseServer(ReleaseServer::whole)) {
      var wrong = "0".repeat(64);
      machine.pin(server.url(), wrong);

      machine.run().failsWith("refused " + server.url(), server.sha256(), wrong);
    }
  }

  private void leaveOnly(String tool, List<String> tools) throws IOException {
    assumeTrue(machine.has(tool), tool + " is not installed here");
    for (var other : tools) {
      if (!other.equals(tool)) {
        machine.without(other);
      }
    }
  }
}
