package com.astrobookings.logs.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.astrobookings.logs.kibana.Shell;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example alerts for Prometheus. */
class AlertRulesTests {

  private static final Path RULES = Pages.FOLDER.resolve("prometheus-alerts.yaml");
  private static final Path RULE_TESTS = Pages.FOLDER.resolve("prometheus-alerts-test.yaml");

  private static final Pattern USED = Pattern.compile("\\blogs_[a-z_]+");
  private static final Pattern SUFFIX = Pattern.compile("(_total|_seconds(_(count|sum|max))?)$");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(logs\\.[a-z.]+)` \\|");

  /** Another test compares the documented metrics with those of a running service. */
  @Test
  void useMetricsThatExist() {
    Set<String> documented =
        DOCUMENTED
            .matcher(Pages.text(Pages.OPERATIONS))
            .results()
            .map(name -> name.group(1).replace('.', '_'))
            .collect(Collectors.toSet());

    assertThat(USED.matcher(Pages.text(RULES)).results())
        .hasSizeGreaterThan(5)
        .allMatch(used -> documented.contains(SUFFIX.matcher(used.group()).replaceAll("")));
  }

  @Test
  void fireWhenTheyShould() {
    assumeTrue(
        Shell.run(Map.of(), "sh", "-c", "command -v promtool").status() == 0,
        "promtool is installed");

    Shell rules = Shell.run(Map.of(), "promtool", "check", "rules", RULES.toString());
    assertThat(rules.status()).as(rules.output()).isZero();
    Shell tests = Shell.run(Map.of(), "promtool", "test", "rules", RULE_TESTS.toString());
    assertThat(tests.status()).as(tests.output()).isZero();
  }
}
