package com.astrobookings.logs.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which JDK and which installed Maven mvnw takes. */
class MvnwTests {

  private Workstation machine;

  @BeforeEach
  void setUp(@TempDir Path folder) throws IOException {
    machine = new Workstation(folder);
  }

  @Test
  void keepsAJavaHomeThatIsNewEnough() throws Exception {
    machine.maven("3.9.9");
    machine.jdk("99");
    var mine = machine.jdk(machine.root().resolve("my jdk"), "25");
    machine.set("JAVA_HOME", mine.toString());

    machine.run("verify").isMaven("3.9.9", mine, "verify");
  }

  @Test
  void replacesAJavaHomeThatIsTooOld() throws Exception {
    machine.maven("3.9.9");
    machine.set("JAVA_HOME", machine.jdk("24.0.2").toString());
    var newer = machine.jdk("25.0.3");

    machine.run().isMaven("3.9.9", newer);
  }

  @Test
  void takesTheJdkOfJavaOnThePath() throws Exception {
    machine.maven("3.9.9");
    var jdk = machine.jdk(machine.root().resolve("elsewhere"), "26.0.1");
    var alternative = machine.home().resolve("alternative");
    Files.createSymbolicLink(alternative, Path.of("../elsewhere/bin/java"));
    machine.link("java", alternative);

    machine.run().isMaven("3.9.9", jdk);
  }

  @Test
  void asksAShimOnThePathForItsJdk() throws Exception {
    machine.maven("3.9.9");
    var jdk = machine.jdk(machine.root().resolve("behind a shim"), "25.0.1");
    machine.java(machine.onPath("java"), jdk, "25.0.1");

    machine.run().isMaven("3.9.9", jdk);
  }

  @Test
  void choosesTheNewestOfSeveral() throws Exception {
    machine.maven("3.9.9");
    machine.jdk("9.0.4");
    machine.jdk("25.0.9");
    var newest = machine.jdk("25.0.10");
    machine.jdk("25");
    machine.jdk("1.8.0_482");

    machine.run().isMaven("3.9.9", newest);
  }

  @Test
  void knowsAnEarlyAccessBuild() throws Exception {
    machine.maven("3.9.9");
    machine.jdk("25.0.3");
    var early = machine.jdk("26-ea");

    machine.run().isMaven("3.9.9", early);
  }

  @Test
  void asksAJdkWithoutReleaseFileForItsVersion() throws Exception {
    machine.maven("3.9.9");
    machine.jdk("25.0.2");
    var silent = machine.jdk("25.0.3");
    Files.delete(silent.resolve("release"));

    machine.run().isMaven("3.9.9", silent);
  }

  @Test
  void passesOverAJre() throws Exception {
    machine.maven("3.9.9");
    var jre = machine.jre(machine.root().resolve("the jdks/jre"), "99");
    machine.set("JAVA_HOME", jre.toString());
    var jdk = machine.jdk("25");

    machine.run().isMaven("3.9.9", jdk);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".jdks/temurin-99",
        ".sdkman/candidates/java/99-tem",
        ".asdf/installs/java/temurin-99",
        ".local/share/mise/installs/java/99",
        ".gradle/jdks/99",
        ".gradle/jdks/jdk-99.jdk/Contents/Home",
        ".jbang/cache/jdks/99",
        "Library/Java/JavaVirtualMachines/jdk-99.jdk/Contents/Home"
      })
  void looksInTheUsualFolders(String folder) throws Exception {
    machine.maven("3.9.9");
    machine.unset("MVNW_JDK_DIRS");
    var jdk = machine.jdk(machine.home().resolve(folder), "99.0.1");

    machine.run().isMaven("3.9.9", jdk);
  }

  @Test
  void saysWhatToInstallWhenThereIsNoJdk() throws Exception {
    machine.maven("3.9.9");
    var old = machine.jdk("24.0.2");
    var jre = machine.jre(machine.root().resolve("the jdks/jre"), "25.0.3");
    machine.set("JAVA_HOME", old.toString());

    machine
        .run("verify")
        .failsWith(
            "this project needs a JDK of at least 25, and none was found",
            "JAVA_HOME (" + old + ")",
            "java on the PATH (none)",
            "\n  " + machine.root().resolve("the jdks") + "\n",
            old + " (Java 24.0.2)",
            jre + " (Java 25.0.3 without a compiler)",
            "adoptium.net");
  }

  @Test
  void handsArgumentsOverAsTheyAre() throws Exception {
    machine.maven("3.9.9");
    var jdk = machine.jdk("25");
    String[] arguments = {"-Dtext=two  words", "", "*", "$HOME", "'\"\\n`", "-f", "a b/pom.xml"};

    machine.run(arguments).isMaven("3.9.9", jdk, arguments);
  }

  @Test
  void endsAsMavenEnds() throws Exception {
    machine.maven("3.9.9");
    machine.jdk("25");
    machine.set("MAVEN_EXIT", "42");

    assertThat(machine.run().exit()).isEqualTo(42);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.8.6", "3.8.10", "3.10.0", "4.0.0-rc-5"})
  void usesTheMavenOnThePathWhenItIsNewEnough(String version) throws Exception {
    machine.maven(version);
    var jdk = machine.jdk("25");

    machine.run("-v").isMaven(version, jdk, "-v");
  }

  @Test
  void asksMavenForItsVersionWhenItsJarsDoNotTell() throws Exception {
    machine.bareMaven("3.9.9");
    var jdk = machine.jdk("25");

    machine.run("-v").isMaven("3.9.9", jdk, "-v");
  }

  @Test
  void saysOnRequestWhatItHasChosen() throws Exception {
    machine.maven("3.9.9");
    var jdk = machine.jdk("25");
    machine.set("MVNW_VERBOSE", "true");

    assertThat(machine.run().err())
        .isEqualTo("mvnw: " + machine.onPath("mvn") + " on the JDK in " + jdk + "\n");
  }
}
