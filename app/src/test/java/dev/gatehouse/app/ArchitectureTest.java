package dev.gatehouse.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The arrows between modules and the rules that a compiler does not know. */
class ArchitectureTest {

  private static final String BASE = "dev.gatehouse";
  private static final String GENERATED = BASE + ".v1..";
  private static final int MAX_FILES_PER_PACKAGE = 15;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);

  @Test
  void kernelKnowsNoEngineNoSocketAndNoFile() {
    classes()
        .that(inModule("kernel"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java.lang..", "java.util..", "java.time..", "java.math..")
                .or(resideInAnyPackage("java.nio.charset..", "org.jspecify.."))
                // exceptions are words too: failures of sockets are classified by type
                .or(assignableTo(Throwable.class))
                .or(inModule("kernel")))
        .check(CLASSES);
  }

  @Test
  void arrowsPointDownOnly() {
    allowed("kernel");
    allowed("config", "kernel");
    allowed("wire", "kernel");
    allowed("net", "wire", "config", "kernel");
    allowed("proxy", "net", "wire", "config", "kernel");
    allowed("relay", "net", "wire", "config", "kernel");
    allowed("tracker", "net", "wire", "config", "kernel");
    allowed("watch", "net", "config", "kernel");
    allowed("control", "proxy", "relay", "tracker", "watch", "net", "config", "kernel", "wire");
    allowed("cli");
  }

  @Test
  void servicesNeverSeeEachOther() {
    slices()
        .matching(BASE + ".(proxy|relay|tracker|watch)..")
        .should()
        .notDependOnEachOther()
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(BASE + ".(*).(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void foldersNameSubjects() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..manager..")
        .check(CLASSES);
  }

  @Test
  void theWatchAndTheKernelsTablesKnowNoNetty() {
    noClasses()
        .that(
            resideInAnyPackage(BASE + ".watch..", BASE + ".net.sockets..", BASE + ".net.syscall.."))
        .should()
        .dependOnClassesThat(resideInAPackage("io.netty.."))
        .check(CLASSES);
  }

  @Test
  void onlyNetOpensChannels() {
    noClasses()
        .that(DescribedPredicate.not(inModule("net")))
        .and()
        .resideOutsideOfPackages(BASE + ".v1..", BASE + ".client..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.netty.bootstrap.ServerBootstrap")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.netty.bootstrap.Bootstrap")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.ServerSocket")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.DatagramSocket")
        .check(CLASSES);
  }

  @Test
  void onlyTheKernelJudgesHowFarAnAddressReaches() {
    noClasses()
        .should()
        .accessTargetWhere(
            calls(
                "java.net.InetAddress",
                Set.of(
                    "isLoopbackAddress",
                    "isSiteLocalAddress",
                    "isLinkLocalAddress",
                    "isAnyLocalAddress",
                    "isMulticastAddress")))
        .check(CLASSES);
  }

  @Test
  void logicNeverReadsAClock() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + ".kernel.time..")
        .should()
        .accessTargetWhere(
            calls("java.lang.System", Set.of("nanoTime", "currentTimeMillis"))
                .or(calls("java.time.Instant", Set.of("now")))
                .or(calls("java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system")))
                .or(calls("java.lang.Thread", Set.of("sleep"))))
        .check(CLASSES);
  }

  @Test
  void staticsAreConstants() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat(DescribedPredicate.not(resideInAPackage(GENERATED)))
        .should()
        .beFinal()
        .check(CLASSES);
  }

  @Test
  void nobodyDependsOnTheCompositionRoot() {
    noClasses()
        .that(DescribedPredicate.not(inModule("app")))
        .should()
        .dependOnClassesThat(inModule("app"))
        .check(CLASSES);
  }

  @Test
  void kernelCallsLiveInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackages(BASE + ".net.syscall..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.foreign.Linker")
        .check(CLASSES);
  }

  @Test
  void packagesStaySmall() {
    Map<String, Integer> files = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      boolean counts =
          type.isTopLevelClass()
              && !type.getSimpleName().equals("package-info")
              && !type.getPackageName().startsWith(BASE + ".v1");
      if (counts) {
        files.merge(type.getPackageName(), 1, Integer::sum);
      }
    }
    assertThat(files)
        .allSatisfy((name, count) -> assertThat(count).isLessThanOrEqualTo(MAX_FILES_PER_PACKAGE));
  }

  @Test
  void theClassesWereReallyImported() {
    assertThat(CLASSES.stream().map(type -> type.getPackageName().split("\\.", -1)[2]))
        .contains("kernel", "config", "net", "watch", "control", "cli", "app");
    assertThat(CLASSES.stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)))
        .isNotEmpty();
  }

  /** Classes of {@code module} use no module of ours but the ones named. */
  private static void allowed(String module, String... others) {
    DescribedPredicate<JavaClass> ours = resideInAPackage(BASE + "..");
    DescribedPredicate<JavaClass> fine =
        inModule(module).or(resideInAnyPackage(BASE + ".v1..", BASE + ".client.."));
    for (String other : others) {
      fine = fine.or(inModule(other));
    }
    noClasses()
        .that(inModule(module))
        .should()
        .dependOnClassesThat(ours.and(DescribedPredicate.not(fine)))
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> inModule(String module) {
    return resideInAPackage(BASE + "." + module + "..");
  }

  private static DescribedPredicate<JavaAccess<?>> calls(String owner, Set<String> names) {
    return DescribedPredicate.describe(
        owner + "." + names,
        access ->
            access.getTarget().getOwner().isAssignableTo(owner)
                && names.contains(access.getTarget().getName()));
  }
}
