package com.astrobookings.logs.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Follows the relative links of the README and the pages. */
class DocumentationLinksTests {

  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?://)([^)\\s#]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");

  /**
   * A link.
   *
   * @param page where it stands
   * @param target the file it leads to
   * @param anchor the heading it leads to; empty if it leads to the whole file
   */
  private record Link(Path page, Path target, String anchor) {

    boolean isDead() {
      return !Files.exists(target) || !(anchor.isEmpty() || anchors(target).contains(anchor));
    }
  }

  @Test
  void leadToFilesAndHeadingsThatExist() {
    assertThat(links()).hasSizeGreaterThan(50).filteredOn(Link::isDead).isEmpty();
  }

  @Test
  void leadToEveryPage() {
    Set<Path> linked = links().map(Link::target).collect(Collectors.toSet());

    assertThat(Pages.all())
        .filteredOn(page -> !page.startsWith(".github") && !linked.contains(page))
        .isEmpty();
  }

  @Test
  void theIndexOfDecisionsHasTheirTitles() {
    Path folder = Pages.FOLDER.resolve("decisions");
    Path index = folder.resolve("README.md");

    assertThat(Pages.rows(index, "| # | decision |"))
        .containsExactlyElementsOf(
            Pages.all().stream()
                .filter(page -> page.startsWith(folder) && !page.equals(index))
                .map(DocumentationLinksTests::row)
                .toList());
  }

  private static String row(Path record) {
    String[] heading = Pages.text(record).lines().findFirst().orElseThrow().split("[.] ", 2);
    return "| [%s](%s) | %s |".formatted(heading[0].substring(2), record.getFileName(), heading[1]);
  }

  private static Stream<Link> links() {
    return Pages.all().stream()
        .flatMap(page ->
            LINK.matcher(withoutCode(page))
                .results()
                .map(link -> {
                  String path = link.group(1);
                  Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
                  return new Link(page, target, link.group(2) == null ? "" : link.group(2));
                }));
  }

  /** Returns the anchors of a page's headings, made as GitHub makes them. */
  private static Set<String> anchors(Path page) {
    return HEADING
        .matcher(withoutCode(page))
        .results()
        .map(heading ->
            heading
                .group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static String withoutCode(Path page) {
    return CODE_BLOCK.matcher(Pages.text(page)).replaceAll("");
  }
}
