package com.astrobookings.logs.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** The rooms of the service, and which of them may know which. */
@AnalyzeClasses(packages = MainCode.BASE, importOptions = MainCode.class)
class ArchitectureTests {
  private static final String[] OUTER_ROOMS = {
    "..logs.ingest",
    "..logs.query",
    "..logs.admin",
    "..logs.console",
    "..logs.elastic",
    "..logs.security",
    "..logs.local",
    "..logs.audit",
    "..logs.training"
  };

  @ArchTest
  static final ArchRule importsRunDownward =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("door")
          .definedBy(MainCode.BASE)
          .layer("ingest")
          .definedBy("..logs.ingest..")
          .layer("query")
          .definedBy("..logs.query..")
          .layer("admin")
          .definedBy("..logs.admin..")
          .layer("console")
          .definedBy("..logs.console..")
          .layer("elastic")
          .definedBy("..logs.elastic..")
          .layer("security")
          .definedBy("..logs.security..")
          .layer("local")
          .definedBy("..logs.local..")
          .layer("audit")
          .definedBy("..logs.audit..")
          .layer("training")
          .definedBy("..logs.training..")
          .layer("web")
          .definedBy("..logs.web..")
          .layer("store")
          .definedBy("..logs.store..")
          .layer("event")
          .definedBy("..logs.event..")
          .layer("spool")
          .definedBy("..logs.spool..")
          .whereLayer("door")
          .mayNotAccessAnyLayer()
          .whereLayer("ingest")
          .mayOnlyAccessLayers("web", "store", "spool", "event")
          .whereLayer("query")
          .mayOnlyAccessLayers("web", "store", "event")
          .whereLayer("admin")
          .mayOnlyAccessLayers("web", "store", "spool", "event")
          .whereLayer("console")
          .mayOnlyAccessLayers("web", "event")
          .whereLayer("elastic")
          .mayOnlyAccessLayers("store", "event")
          .whereLayer("security")
          .mayOnlyAccessLayers("web", "event")
          .whereLayer("local")
          .mayNotAccessAnyLayer()
          .whereLayer("audit")
          .mayOnlyAccessLayers("web", "spool", "event")
          .whereLayer("training")
          .mayNotAccessAnyLayer()
          .whereLayer("web")
          .mayOnlyAccessLayers("store", "event")
          .whereLayer("store")
          .mayOnlyAccessLayers("event")
          .whereLayer("event")
          .mayNotAccessAnyLayer()
          .whereLayer("spool")
          .mayNotAccessAnyLayer()
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule packagesDoNotFormRings =
      slices().matching(MainCode.BASE + ".(**)").should().beFreeOfCycles();

  /**
   * Spring carries their beans to the door. A large room may have inner packages whose types its
   * others see; {@link #importsRunDownward} keeps them from everybody else.
   */
  @ArchTest
  static final ArchRule outerRoomsHaveNoPublicTypes =
      classes()
          .that()
          .resideInAnyPackage(OUTER_ROOMS)
          .should(ArchConditions.not(ArchConditions.be(MainCode.VISIBLE_OUTSIDE)))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyElasticKnowsTheClient =
      noClasses()
          .that()
          .resideOutsideOfPackage("..logs.elastic..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("co.elastic.clients..");

  @ArchTest
  static void mostTypesArePackagePrivate(JavaClasses main) {
    List<JavaClass> types = main.stream().filter(MainCode.TYPES).toList();
    List<JavaClass> visible = types.stream().filter(MainCode.VISIBLE_OUTSIDE).toList();

    assertThat(visible)
        .as("types visible outside their package, of %s", types.size())
        .hasSizeLessThan((types.size() + 1) / 2);
  }

  @ArchTest
  static void packagesStaySmall(JavaClasses main) {
    Map<String, Long> sizes =
        main.stream()
            .filter(MainCode.TYPES)
            .collect(groupingBy(JavaClass::getPackageName, counting()));

    assertThat(sizes.entrySet())
        .as("types in each package")
        .filteredOn(size -> size.getValue() >= 20)
        .isEmpty();
  }

  @ArchTest
  static void packagesAreNullMarked(JavaClasses main) {
    List<JavaPackage> packages = main.stream().map(JavaClass::getPackage).distinct().toList();

    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(found ->
            assertThat(found.isAnnotatedWith(NullMarked.class)).as(found.getName()).isTrue());
  }
}
