package com.astrobookings.logs.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** What the rules are about: the service's own classes, without the tests. */
final class MainCode implements ImportOption {
  static final String BASE = "com.astrobookings.logs";

  /** Runs in a process of its own, so the habits of the service are not for it. */
  static final String NODE_MAIN = BASE + ".local.NodeMain";

  static final DescribedPredicate<JavaClass> TYPES =
      DescribedPredicate.describe(
          "top-level types",
          type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"));

  static final DescribedPredicate<JavaClass> VISIBLE_OUTSIDE =
      DescribedPredicate.describe("visible outside their package", MainCode::visibleOutside);

  @Override
  public boolean includes(Location location) {
    return !location.contains("/test-classes/");
  }

  private static boolean visibleOutside(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(MainCode::visibleOutside).orElse(true);
  }
}
