package com.astrobookings.logs.event.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes errors the same; the traces are the files in {@code errors/}. */
class GroupingKeyTests {

  private static final String CODE = "E1";
  private static final String MESSAGE = "Booking 4711 failed";

  /** One of the files: a trace, a line of equals signs, and the text by which it is compared. */
  record Case(String name, String trace, String canonical) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> traces() {
    try (Stream<Path> files =
        Files.list(Path.of(GroupingKeyTests.class.getResource("/errors").toURI()))) {
      return files.sorted().map(GroupingKeyTests::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Case read(Path file) {
    try {
      String[] parts = Files.readString(file).split("\n=====\n", -1);
      assertThat(parts).hasSize(2);
      return new Case(
          file.getFileName().toString().replace(".txt", ""), parts[0], parts[1].strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("traces")
  void comparesClassesAndTheTopFramesOfTheApplication(Case trace) {
    assertThat(GroupingKey.canonical(trace.trace(), CODE, MESSAGE)).isEqualTo(trace.canonical());
  }

  @ParameterizedTest
  @MethodSource("traces")
  void staysTheSameWhenTheProgramIsBuiltAndStartedAgain(Case trace) {
    Map<String, UnaryOperator<String>> changes =
        Map.of(
            "line numbers", text -> text.replaceAll("(\\.\\w+):\\d+\\)", "$1:99999)"),
            "addresses of lambdas", text -> text.replaceAll("/0x[0-9a-f]+", "/0x00007fffdeadbeef"),
            "numbers of lambdas", text -> text.replaceAll("(lambda\\$\\w+\\$)\\d+", "$178"),
            "numbers of proxies", text -> text.replaceAll("\\$Proxy\\d+", "\\$Proxy987"),
            "hashes of enhanced classes",
                text -> text.replaceAll("CGLIB\\$\\$[0-9a-f]+", "CGLIB\\$\\$77"),
            "accessors", text -> text.replaceAll("MethodAccessor\\d+", "MethodAccessor3"),
            "line ends", text -> text.replace("\n", "\r\n"),
            "indentation", text -> text.replace("\t", "    "),
            "versions of modules", text -> text.replaceAll("at (?=com\\.)", "at app//astro@1.2/"),
            "messages", text -> text.replaceAll("(?m)^((?:\\w+[.$])+\\w+): .*$", "$1: another"));
    changes.forEach((what, change) ->
        assertThat(key(change.apply(trace.trace()))).as(what).isEqualTo(key(trace.trace())));
  }

  @Test
  void tellsErrorsFromDifferentPlacesApart() {
    Map<String, String> names =
        traces().stream()
            .collect(
                Collectors.toMap(
                    trace -> key(trace.trace()),
                    Case::name,
                    (one, other) -> one + " " + other,
                    TreeMap::new));
    assertThat(names.values().stream().filter(name -> name.contains(" ")))
        .containsExactlyInAnyOrder(
            // The same call, through two kinds of proxies and without.
            "jdk-proxy spring-cglib-proxy spring-cglib-without-proxy",
            // Two lambdas of one method: their numbers say nothing, and lines are left out.
            "jdk-number-format lambda-in-stream");
  }

  private static String key(@Nullable String trace) {
    return GroupingKey.of(trace, CODE, MESSAGE);
  }

  @Test
  void isShortAndTheSameOnEveryMachine() {
    assertThat(GroupingKey.of(null, "PAY-503", "No answer in 30 s"))
        .hasSize(GroupingKey.LENGTH)
        .isEqualTo(GroupingKey.of(null, "PAY-503", "No answer in 45 s"))
        .isNotEqualTo(GroupingKey.of(null, "PAY-504", "No answer in 30 s"))
        .isEqualTo("b7d7bfdc3a17c9db0fca1b3fc2859984");
  }

  @Test
  void looksAtCodeAndMessageWhereATraceHasNoFrames() {
    String bare = "java.sql.SQLException: 17 closed";
    assertThat(GroupingKey.canonical(bare, "DB-1", "Row 17 is locked"))
        .isEqualTo("java.sql.SQLException\nDB-1\nRow # is locked");
    assertThat(GroupingKey.canonical("", "DB-1", "Row 18 is locked"))
        .isEqualTo("\nDB-1\nRow # is locked");
    assertThat(GroupingKey.canonical(null, "DB-1", "Row 18 is locked"))
        .isEqualTo("\nDB-1\nRow # is locked");
  }

  @Test
  void takesTracesOfAnyText() {
    for (String trace :
        List.of(
            "at ",
            "\tat (",
            "x\nat \n at (\n\tat ()",
            "Caused by: ",
            "x\nCaused by: ",
            "x\nCaused by: \n\tat /(x)",
            "Exception in thread \"",
            "x\n\tat a/b/",
            "x\n\tat $Proxy",
            "x\n\tat $Proxy(",
            "\n".repeat(1_000),
            "at a.b(c)\n".repeat(5_000),
            "x\nCaused by: y".repeat(5_000))) {
      assertThat(key(trace)).hasSize(GroupingKey.LENGTH);
    }
  }

  @Test
  void comparesACyclicRecursionWhereverItOverflows() {
    String frames =
        IntStream.range(0, 1_024)
            .mapToObj(i -> "\tat com.astrobookings.Tree.walk(Tree.java:%d)".formatted(10 + i % 2))
            .collect(Collectors.joining("\n"));
    assertThat(GroupingKey.canonical("java.lang.StackOverflowError\n" + frames, CODE, MESSAGE))
        .isEqualTo("java.lang.StackOverflowError\ncom.astrobookings.Tree.walk");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "User 42 not found | User # not found",
        "User 'jane' not found | User # not found",
        "User \"Jane \"\"Doe\" not found | User # not found",
        "User “Jane” and «Bob» | User # and #",
        "don't panic 3 times | don't panic # times",
        "the users' choice, it's theirs | the users' choice, it's theirs",
        "Timeout after 250ms at 2024-08-11T09:30:00.123Z | Timeout after # at #",
        "gone: 550e8400-e29b-41d4-a716-446655440000. | gone: #.",
        "commit deadbeefcafe, bad cafe | commit #, bad cafe",
        "pointer 0x7ffe12ab | pointer #",
        "10.0.0.7:8080 refused | # refused",
        "2001:db8::7 refused | # refused",
        "to jane.doe@example.com | to #",
        "<jane@example.com> | <#>",
        "job-7 of order A1B2C3D4 | job-# of order #",
        "OAuth2: HTTP/1.1 503 | OAuth#: HTTP/#",
        "values [1, 2, 3] of [4, 5] | values [#] of [#]",
        "a=1;b=22 | a=#;b=#",
        "file /var/log/app-2024.log:12 | file /var/log/app-#.log:#",
        "予約 42 は満席 | 予約 # は満席",
        "'unclosed 7 | 'unclosed #",
      })
  void leavesOutOfMessagesWhatDiffersEachTime(String message, String template) {
    assertThat(MessageTemplate.of(message)).isEqualTo(template);
  }

  @Test
  void comparesTheBeginningOfVeryLongMessages() {
    assertThat(MessageTemplate.of("word ".repeat(10_000))).hasSizeLessThanOrEqualTo(1_024);
    assertThat(MessageTemplate.of("'".repeat(10_000))).hasSizeLessThanOrEqualTo(1_024);
    assertThat(MessageTemplate.of(" ")).isEmpty();
  }
}
