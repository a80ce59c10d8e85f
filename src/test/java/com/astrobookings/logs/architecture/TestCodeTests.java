package com.astrobookings.logs.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.astrobookings.logs.local.OnElasticsearch;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.springframework.test.context.ContextConfiguration;

/** How tests are written. */
@AnalyzeClasses(packages = MainCode.BASE, importOptions = ImportOption.OnlyIncludeTests.class)
class TestCodeTests {

  /**
   * The application finds its beans by looking through all packages, those of the tests among them,
   * and a bean found there takes the place of a genuine one in silence. Annotations for tests keep
   * away from that only where a test starts the application in the way of {@code SpringBootTest}.
   * Name the class where it is needed ({@code classes}, {@code Import}, {@code
   * withUserConfiguration}): then it needs no annotation to be a configuration.
   */
  @ArchTest
  static final ArchRule nothingIsFoundByTheApplication =
      noClasses()
          .that()
          // Meant to be found, by every test.
          .doNotHaveFullyQualifiedName(MainCode.BASE + ".elastic.FailOnDeprecation")
          .and()
          // Handlers must have the annotation; the table of routes keeps them from everybody else.
          .doNotHaveFullyQualifiedName(MainCode.BASE + ".web.WebServer$Endpoints")
          .should()
          .beMetaAnnotatedWith("org.springframework.stereotype.Component");

  /**
   * Of two annotations that configure a context, the nearer wins: the service would start a local
   * node in the folder of whoever develops it, in place of using the shared one.
   */
  @ArchTest
  static final ArchRule nothingTakesTheSharedElasticsearchAway =
      noClasses()
          .that()
          .areAnnotatedWith(OnElasticsearch.class)
          .should()
          .beAnnotatedWith(ContextConfiguration.class);
}
