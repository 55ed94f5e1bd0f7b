package dev.slipway.session.findings;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.NearestName;
import dev.slipway.dockerfile.ArgDefinition;
import dev.slipway.dockerfile.ArgInstruction;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.OnbuildInstruction;
import dev.slipway.dockerfile.Stage;
import dev.slipway.parse.DockerfileParser;
import dev.slipway.plan.Base;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.PlannedStage;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds build arguments that no ARG declares, which are most often mistyped. */
public final class UnusedBuildArgs {
  /** What counts without being declared. */
  private static final Set<String> PREDEFINED =
      Set.of(
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "FTP_PROXY",
          "NO_PROXY",
          "ALL_PROXY",
          "SOURCE_DATE_EPOCH",
          "TARGETSTAGE");

  private static final List<String> PLATFORM_PARTS =
      List.of("PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT");

  private UnusedBuildArgs() {}

  /** The warning that says which they are, or null where there is none. */
  public static @Nullable Diagnostic find(
      Set<String> given, Dockerfile dockerfile, List<BuildPlan> plans) {
    Set<String> unused = new TreeSet<>();
    for (String name : given) {
      if (!isPredefined(name)) {
        unused.add(name);
      }
    }
    if (unused.isEmpty()) {
      return null;
    }
    Set<String> declared = declared(dockerfile, plans);
    unused.removeAll(declared);
    if (unused.isEmpty()) {
      return null;
    }
    String nearest = NearestName.find(unused.iterator().next(), declared);
    return Diagnostic.warning(
            "one or more build-args [" + String.join(" ", unused) + "] were not consumed", null)
        .withHint(
            nearest == null
                ? "declare them with ARG where they are wanted"
                : "did you mean '" + nearest + "'?");
  }

  private static boolean isPredefined(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (String prefix : List.of("BUILD", "TARGET")) {
      if (name.startsWith(prefix) && PLATFORM_PARTS.contains(name.substring(prefix.length()))) {
        return true;
      }
    }
    return name.startsWith("BUILDKIT_") || PREDEFINED.contains(upper);
  }

  private static Set<String> declared(Dockerfile dockerfile, List<BuildPlan> plans) {
    Set<String> declared = new TreeSet<>();
    for (ArgInstruction arg : dockerfile.globalArgs()) {
      addArgument(arg, declared);
    }
    for (Stage stage : dockerfile.stages()) {
      for (Instruction instruction : stage.instructions()) {
        addArgument(instruction, declared);
      }
    }
    for (BuildPlan plan : plans) {
      for (PlannedStage stage : plan.stages()) {
        if (stage.base() instanceof Base.Image base) {
          List<String> triggers = base.image().image().config().config().onBuild();
          DockerfileParser.parseTriggers(base.image().name(), triggers)
              .forEach(trigger -> addArgument(trigger, declared));
        }
      }
    }
    return declared;
  }

  private static void addArgument(@Nullable Instruction instruction, Set<String> declared) {
    if (instruction instanceof OnbuildInstruction onbuild) {
      addArgument(onbuild.instruction(), declared);
    } else if (instruction instanceof ArgInstruction arg) {
      for (ArgDefinition definition : arg.definitions()) {
        declared.add(definition.name().text());
      }
    }
  }
}
