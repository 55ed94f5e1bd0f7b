package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the table of packages in docs/architecture.md: who may use whom. Change both together. */
class ArchitectureTest {
  private static final String ROOT = "dev.slipway";

  /** Every package and its sub-packages may use itself, {@code diagnostic}, and these. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          // Steps of the flow.
          Map.entry("parse", Set.of("dockerfile")),
          Map.entry("resolve", Set.of("dockerfile", "plan", "oci")),
          Map.entry("lint", Set.of("dockerfile", "context", "oci")),
          Map.entry(
              "execute",
              Set.of(
                  "plan",
                  "context",
                  "tree",
                  "layer",
                  "snapshot",
                  "store",
                  "cache",
                  "sandbox",
                  "oci",
                  "progress")),
          Map.entry("assemble", Set.of("snapshot", "tree", "layer", "store", "oci")),
          Map.entry("inspect", Set.of("oci", "tree", "layer", "snapshot", "store", "plan")),
          Map.entry(
              "export",
              Set.of("oci", "reference", "progress", "store", "registry", "tree", "layer")),
          // Things that the steps hand on.
          Map.entry("diagnostic", Set.of()),
          Map.entry("progress", Set.of()),
          Map.entry("oci", Set.of()),
          Map.entry("reference", Set.of("oci")),
          Map.entry("dockerfile", Set.of()),
          Map.entry("plan", Set.of("oci")),
          Map.entry("context", Set.of("tree", "layer")),
          Map.entry("fetch", Set.of("tree", "layer", "progress", "http")),
          Map.entry("tree", Set.of()),
          Map.entry("layer", Set.of("tree", "oci", "deflate")),
          Map.entry("deflate", Set.of()),
          Map.entry("store", Set.of("oci")),
          Map.entry("archive", Set.of("oci", "layer", "tree")),
          Map.entry(
              "images",
              Set.of("archive", "registry", "reference", "store", "oci", "layer", "tree")),
          Map.entry("snapshot", Set.of("tree", "layer", "store", "oci", "sandbox")),
          Map.entry("cache", Set.of("store", "oci")),
          Map.entry("linux", Set.of()),
          Map.entry("sandbox", Set.of("linux")),
          Map.entry("worker", Set.of("linux", "tree", "layer", "sandbox")),
          Map.entry("http", Set.of()),
          Map.entry("registry", Set.of("reference", "oci", "progress", "http")));

  /**
   * Joins the steps, so it and its parts may use everything; beside the root nothing may use it.
   */
  private static final String SESSION = "session";

  private static final Set<String> EXPORT_SUBPACKAGES_ONLY = Set.of("registry", "tree", "layer");

  private static final int CLASS_FLOOR = 300;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void everyPackageUsesOnlyWhatItMay() {
    Map<String, String> violations = new TreeMap<>();
    for (JavaClass from : CLASSES) {
      String source = packageOf(from);
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (!to.getPackageName().startsWith(ROOT)) {
          continue;
        }
        String target = packageOf(to);
        if (!isAllowed(source, target)) {
          violations.putIfAbsent(source + " uses " + target, dependency.getDescription());
        }
      }
    }
    assertThat(violations).isEmpty();
  }

  private static boolean isAllowed(String source, String target) {
    if (source.isEmpty()
        || source.equals(SESSION)
        || source.equals(target)
        || target.equals("diagnostic")) {
      return true;
    }
    return MAY_USE.getOrDefault(source, Set.of()).contains(target);
  }

  @Test
  void nothingIsAllowedInVain() {
    Set<String> unused = new TreeSet<>();
    MAY_USE.forEach((from, targets) -> targets.forEach(to -> unused.add(from + " uses " + to)));
    for (JavaClass from : CLASSES) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        unused.remove(packageOf(from) + " uses " + packageOf(to));
      }
    }
    assertThat(unused).isEmpty();
  }

  @Test
  void packagesDoNotKnowTheirSubpackages() {
    Map<String, String> violations = new TreeMap<>();
    for (JavaClass from : CLASSES) {
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        if (!packageOf(from).isEmpty()
            && !from.getPackageName().equals(ROOT + "." + SESSION)
            && to.getPackageName().startsWith(from.getPackageName() + ".")) {
          violations.putIfAbsent(
              from.getPackageName() + " uses " + to.getPackageName(), dependency.getDescription());
        }
      }
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void theSessionIsNotKnownToItsParts() {
    String session = ROOT + "." + SESSION;
    List<String> users =
        CLASSES.stream()
            .filter(from -> from.getPackageName().startsWith(session + "."))
            .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> dependency.getTargetClass().getPackageName().equals(session))
            .map(Dependency::getDescription)
            .toList();
    assertThat(users).isEmpty();
  }

  @Test
  void thePartsOfTheSessionHaveNoCycles() {
    SlicesRuleDefinition.slices()
        .matching(ROOT + "." + SESSION + ".(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void onlyTheSessionKnowsTheRoot() {
    List<String> users =
        CLASSES.stream()
            .filter(from -> !packageOf(from).isEmpty() && !packageOf(from).equals(SESSION))
            .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> dependency.getTargetClass().getPackageName().equals(ROOT))
            .map(Dependency::getDescription)
            .toList();
    assertThat(users).isEmpty();
  }

  @Test
  void exportItselfKnowsNoTarget() {
    List<String> users =
        CLASSES.stream()
            .filter(from -> from.getPackageName().equals(ROOT + ".export"))
            .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> isTargetOfExport(dependency.getTargetClass()))
            .map(Dependency::getDescription)
            .toList();
    assertThat(users).isEmpty();
  }

  private static boolean isTargetOfExport(JavaClass target) {
    // BlobContent is how the bytes of a layer are handed over, whatever the target.
    return target.getPackageName().startsWith(ROOT)
        && !target.getSimpleName().equals("BlobContent")
        && (EXPORT_SUBPACKAGES_ONLY.contains(packageOf(target))
            || target.getPackageName().startsWith(ROOT + ".export."));
  }

  @Test
  void everyPackageIsListed() {
    Set<String> found = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      if (!packageOf(each).isEmpty() && !packageOf(each).equals(SESSION)) {
        found.add(packageOf(each));
      }
    }
    assertThat(MAY_USE.keySet()).containsAll(found);
  }

  @Test
  void packagesHaveNoCycles() {
    SlicesRuleDefinition.slices()
        .matching(ROOT + ".(*)..")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @Test
  void enoughWasLookedAt() {
    assertThat(CLASSES).hasSizeGreaterThan(CLASS_FLOOR);
  }

  /** The first name below the root; empty for the root itself. */
  private static String packageOf(JavaClass type) {
    String name = type.getPackageName();
    if (name.length() <= ROOT.length()) {
      return "";
    }
    String below = name.substring(ROOT.length() + 1);
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }
}
