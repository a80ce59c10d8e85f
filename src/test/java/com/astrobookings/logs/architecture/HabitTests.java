package com.astrobookings.logs.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.reactivestreams.Publisher;

/** How the code of every room is written. */
@AnalyzeClasses(packages = MainCode.BASE, importOptions = MainCode.class)
class HabitTests {

  @ArchTest
  static final ArchRule nothingWaits =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(MainCode.NODE_MAIN)
          .should()
          .accessTargetWhere(
              calls(Publisher.class, "block.*|to(Iterable|Stream)")
                  .or(calls(Thread.class, "sleep|join"))
                  .or(calls(TimeUnit.class, "sleep|timedJoin|timedWait"))
                  .or(calls(Object.class, "wait"))
                  .or(calls(LockSupport.class, "park.*"))
                  .or(calls(Condition.class, "await.*"))
                  .or(calls(CountDownLatch.class, "await"))
                  .or(calls(Semaphore.class, "acquire.*"))
                  .or(calls(BlockingQueue.class, "put|take"))
                  .or(calls(Process.class, "waitFor"))
                  .as("a call that blocks its thread"));

  /**
   * The room starts and ends a process on threads of its own; the next rule keeps it to them. The
   * preparation of the indices waits on the main thread, before there is anybody to keep waiting.
   */
  @ArchTest
  static final ArchRule onlyWhatStartsWaitsForFutures =
      noClasses()
          .that()
          .resideOutsideOfPackage("..logs.local..")
          .and()
          .doNotHaveSimpleName("PreparationAtStart")
          .should()
          .accessTargetWhere(calls(Future.class, "get|join").as("a call that waits for a future"));

  @ArchTest
  static final ArchRule theLocalNodeKeepsOffEventLoops =
      noClasses()
          .that()
          .resideInAPackage("..logs.local..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("reactor..", "org.reactivestreams..", "io.netty..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theBlockingClientIsNotUsed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("co.elastic.clients.elasticsearch.ElasticsearchClient");

  @ArchTest
  static final ArchRule timeComesFromOutside =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(MainCode.NODE_MAIN)
          .should()
          .accessTargetWhere(readsTheTime());

  @ArchTest
  static final ArchRule onlyWiringPicksTheClock =
      noClasses()
          .that()
          .areNotAnnotatedWith("org.springframework.context.annotation.Configuration")
          .should()
          .accessTargetWhere(
              calls(Clock.class, "system.*")
                  .or(calls(InstantSource.class, "system"))
                  .as("a choice of the clock"));

  @ArchTest
  static final ArchRule idsComeFromTheirSource =
      noClasses().should().callMethod(UUID.class, "randomUUID");

  @ArchTest
  static final ArchRule nothingIsPrinted =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(MainCode.NODE_MAIN)
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule javaLoggingIsNotUsed =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..");

  @ArchTest
  static final ArchRule thereIsOneJackson =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..");

  @ArchTest
  static final ArchRule beansAreGivenToConstructors =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

  @ArchTest
  static final ArchRule thereAreNoSetters = noMethods().should().haveNameMatching("set[A-Z].*");

  @ArchTest
  static final ArchRule staticFieldsNeverChange =
      fields()
          .that()
          .areStatic()
          .and()
          .areNotDeclaredIn(MainCode.NODE_MAIN)
          .and()
          .doNotHaveModifier(JavaModifier.SYNTHETIC)
          .should()
          .beFinal()
          .andShould()
          .notHaveRawType(mutable());

  private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String names) {
    Pattern pattern = Pattern.compile(names);
    return DescribedPredicate.describe(
        owner.getSimpleName() + "." + names,
        access ->
            access.getTargetOwner().isAssignableTo(owner)
                && pattern.matcher(access.getName()).matches());
  }

  private static DescribedPredicate<JavaAccess<?>> readsTheTime() {
    DescribedPredicate<JavaAccess<?>> now =
        DescribedPredicate.describe(
            "now() without a clock",
            access ->
                access.getTarget() instanceof CodeUnitAccessTarget target
                    && target.getName().equals("now")
                    && target.getOwner().getPackageName().startsWith("java.time")
                    && target.getRawParameterTypes().stream()
                        .noneMatch(type -> type.isEquivalentTo(Clock.class)));
    return now.or(calls(System.class, "currentTimeMillis"))
        .or(calls(Date.class, "<init>"))
        .as("a look at the clock of the machine");
  }

  private static DescribedPredicate<JavaClass> mutable() {
    return DescribedPredicate.describe(
        "a mutable type",
        type ->
            type.isArray()
                || type.isAssignableTo(Appendable.class)
                || type.getPackageName().startsWith("java.util.concurrent.atomic")
                || (!type.isInterface()
                    && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class))));
  }
}
