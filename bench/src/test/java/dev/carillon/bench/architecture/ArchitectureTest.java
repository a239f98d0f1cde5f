package dev.carillon.bench.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String FACTS = "dev.carillon.storage.embedded..";
  private static final String METADATA = "dev.carillon.storage.sql..";
  private static final String SHARED = "dev.carillon.channels.support..";
  private static final int MOST_IN_A_FOLDER = 25;
  private static final String TEMPLATES = "dev.carillon.server.pages.templates";

  /** The classes of all modules, without tests; the benchmarks' module is the one that sees all. */
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.carillon");

  @Test
  void everyModuleIsLookedAt() {
    assertThat(PRODUCT.stream().map(JavaClass::getPackageName))
        .contains(
            "dev.carillon.core.ledger",
            "dev.carillon.engine.dispatch",
            "dev.carillon.channels.meta.whatsapp",
            "dev.carillon.storage.sql",
            "dev.carillon.storage.embedded.journal",
            "dev.carillon.simulator.meta",
            "dev.carillon.testkit.history",
            "dev.carillon.server.api",
            "dev.carillon.bench");
  }

  @Test
  void coreKnowsNeitherFrameworkNorInputAndOutput() {
    mayUse(
        "dev.carillon.core..",
        "dev.carillon.core..",
        "org.roaringbitmap..",
        "org.apache.commons.statistics.distribution..");
    noClasses()
        .that()
        .resideInAPackage("dev.carillon.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "java.nio.file..", "java.sql..", "java.util.logging..")
        .check(PRODUCT);
  }

  @Test
  void engineKnowsCoreAndItsOwnPorts() {
    mayUse(
        "dev.carillon.engine..",
        "dev.carillon.engine..",
        "dev.carillon.core..",
        "tools.jackson..",
        "com.fasterxml.jackson.annotation..",
        "com.google.i18n.phonenumbers..",
        "de.siegmar.fastcsv..",
        "org.roaringbitmap..",
        "org.slf4j..");
  }

  @Test
  void channelsKnowCoreAndWhatTheEngineAsksOfThem() {
    mayUse(
        "dev.carillon.channels..",
        "dev.carillon.channels..",
        "dev.carillon.core..",
        "dev.carillon.engine.provider..",
        "dev.carillon.engine.consent..",
        "dev.carillon.engine.health..",
        "dev.carillon.engine.time..",
        "tools.jackson..",
        "liqp..",
        "liquid..",
        "org.antlr..",
        "org.slf4j..");
  }

  @Test
  void theFactStoreKnowsPortsAndTheFormsOfWhatItKeepsButNoFlow() {
    mayUse(
        FACTS,
        FACTS,
        "dev.carillon.core..",
        "dev.carillon.engine.port..",
        "dev.carillon.engine.definition..",
        "dev.carillon.engine.json..",
        "dev.carillon.engine.profile..",
        "dev.carillon.engine.files..",
        "dev.carillon.engine.health..",
        "io.airlift.compress..",
        "org.duckdb..",
        "com.google.common..",
        "org.roaringbitmap..",
        "tools.jackson..",
        "org.slf4j..",
        "com.sun.management..");
  }

  @Test
  void theMetadataStoreKnowsPortsAndTheFormsOfWhatItKeepsButNoFlow() {
    mayUse(
        METADATA,
        METADATA,
        "dev.carillon.core..",
        "dev.carillon.engine.port..",
        "dev.carillon.engine.definition..",
        "dev.carillon.engine.audience..",
        "dev.carillon.engine.files..",
        "org.sqlite..",
        "org.jooq..",
        "org.flywaydb..",
        "com.zaxxer.hikari..",
        "tools.jackson..",
        "org.slf4j..",
        "javax.sql..");
  }

  @Test
  void theSimulatorSharesNothingWithWhatItTests() {
    mayUse(
        "dev.carillon.simulator..",
        "dev.carillon.simulator..",
        "com.sun.net.httpserver..",
        "com.google.i18n.phonenumbers..",
        "tools.jackson..",
        "com.fasterxml.jackson.annotation..",
        "org.slf4j..");
  }

  @Test
  void theTestkitKnowsCoreAndEngine() {
    mayUse(
        "dev.carillon.testkit..",
        "dev.carillon.testkit..",
        "dev.carillon.core..",
        "dev.carillon.engine..",
        "com.sun.net.httpserver..",
        "org.assertj..",
        "org.junit..",
        "org.roaringbitmap..",
        "tools.jackson..");
  }

  @Test
  void pagesAndApiNeverMeet() {
    doesNotKnow("dev.carillon.server.pages..", "dev.carillon.server.api..");
    doesNotKnow("dev.carillon.server.api..", "dev.carillon.server.pages..");
  }

  @Test
  void providersKnowWhatAllShareAndNotEachOther() {
    slices()
        .matching("dev.carillon.channels.(*)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(not(resideInAPackage(SHARED)), resideInAPackage(SHARED))
        .check(PRODUCT);
  }

  @Test
  void nothingKnowsTheBenchmarks() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.carillon.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.carillon.bench..")
        .check(PRODUCT);
  }

  @Test
  void onlyTheCommandsKnowTheWiring() {
    noClasses()
        .that()
        .resideInAPackage("dev.carillon.server..")
        .and()
        .resideOutsideOfPackages("dev.carillon.server.wiring..", "dev.carillon.server.command..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.carillon.server.wiring..")
        .check(PRODUCT);
  }

  /** More than these are two rooms in one. */
  @Test
  void noFolderIsCrowded() {
    Map<String, Long> sizes =
        topLevel().collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    sizes.values().removeIf(size -> size <= MOST_IN_A_FOLDER);
    assertThat(sizes).isEmpty();
  }

  @Test
  void noTwoClassesHaveOneName() {
    Map<String, Long> names =
        topLevel().collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.counting()));
    names.values().removeIf(count -> count == 1);
    assertThat(names).isEmpty();
  }

  private static Stream<JavaClass> topLevel() {
    return PRODUCT.stream()
        .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
        .filter(type -> !type.getPackageName().startsWith(TEMPLATES));
  }

  /** Everybody else takes the narrow ports. */
  @Test
  void onlyWhatOpensAndWiresStoresNamesThemWhole() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.carillon.engine..", "dev.carillon.channels..", "dev.carillon.server..")
        .and()
        .resideOutsideOfPackages(
            "dev.carillon.engine.port.store..",
            "dev.carillon.server.wiring..",
            "dev.carillon.server.command..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.carillon.engine.port.store..")
        .check(PRODUCT);
  }

  @Test
  void onlyTheWiringNamesAStore() {
    noClasses()
        .that()
        .resideInAPackage("dev.carillon.server..")
        .and()
        .resideOutsideOfPackages("dev.carillon.server.wiring..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.carillon.storage..", "org.duckdb..", "org.sqlite..", "org.jooq..")
        .check(PRODUCT);
  }

  @Test
  void noPackagesGoRoundInACircle() {
    slices()
        .matching("dev.carillon.(**)")
        .should()
        .beFreeOfCycles()
        .check(PRODUCT.that(resideOutsideOfPackage(TEMPLATES + "..")));
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : PRODUCT) {
      JavaPackage home = type.getPackage();
      if (!home.getName().startsWith(TEMPLATES) && !home.isAnnotatedWith(NullMarked.class)) {
        unmarked.add(home.getName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  private static void doesNotKnow(String part, String other) {
    noClasses()
        .that()
        .resideInAPackage(part)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(other)
        .check(PRODUCT);
  }

  private static void mayUse(String part, String... others) {
    classes()
        .that()
        .resideInAPackage(part)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(
                    Stream.of(others),
                    Stream.of(
                        "java..", "javax.crypto..", "javax.net..", "org.jspecify.annotations.."))
                .toArray(String[]::new))
        .check(PRODUCT);
  }
}
