package dev.slipway.lint;

import dev.slipway.context.IgnoreFile;
import dev.slipway.oci.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What rules need beside the text. Where something is not known, the rules that need it are silent.
 *
 * @param buildArgs {@code --build-arg}
 * @param platformArgs the arguments that every FROM line may use, {@code BUILDPLATFORM} and kin
 * @param stages the indices of the stages to look into, as those that a build needs; null for all
 * @param bases the images that stages start from, by the index of the stage
 * @param ignoreFile the {@code .dockerignore}
 * @param validReference whether a text can be the name of an image
 */
public record LintInputs(
    Map<String, String> buildArgs,
    Map<String, String> platformArgs,
    @Nullable Set<Integer> stages,
    Map<Integer, BaseImageFacts> bases,
    IgnoreFile ignoreFile,
    Predicate<String> validReference) {
  public LintInputs {
    buildArgs = Map.copyOf(buildArgs);
    platformArgs = Map.copyOf(platformArgs);
    stages = stages == null ? null : Set.copyOf(stages);
    bases = Map.copyOf(bases);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects inputs; what is not given is not known. */
  public static final class Builder {
    private Map<String, String> buildArgs = Map.of();
    private Map<String, String> platformArgs = Map.of();
    private @Nullable Set<Integer> stages;
    private final Map<Integer, BaseImageFacts> bases = new LinkedHashMap<>();
    private IgnoreFile ignoreFile = IgnoreFile.NONE;
    private Predicate<String> validReference = text -> true;

    private Builder() {}

    public Builder buildArgs(Map<String, String> values) {
      buildArgs = values;
      return this;
    }

    /**
     * @param build the platform that builds
     * @param target the platform that is built for
     * @param targetStage the name of the stage that is built, or empty
     */
    public Builder platforms(Platform build, Platform target, String targetStage) {
      Map<String, String> values = new LinkedHashMap<>();
      putPlatform(values, "BUILD", build);
      putPlatform(values, "TARGET", target);
      values.put("TARGETSTAGE", targetStage.isEmpty() ? "default" : targetStage);
      platformArgs = values;
      return this;
    }

    private static void putPlatform(Map<String, String> values, String prefix, Platform platform) {
      values.put(prefix + "PLATFORM", platform.formatAll());
      values.put(prefix + "OS", platform.os());
      values.put(prefix + "OSVERSION", platform.osVersion());
      values.put(prefix + "ARCH", platform.architecture());
      values.put(prefix + "VARIANT", platform.variant());
    }

    public Builder stages(Set<Integer> indices) {
      stages = indices;
      return this;
    }

    public Builder base(int stage, BaseImageFacts facts) {
      bases.put(stage, facts);
      return this;
    }

    public Builder ignoreFile(IgnoreFile file) {
      ignoreFile = file;
      return this;
    }

    public Builder validReference(Predicate<String> valid) {
      validReference = valid;
      return this;
    }

    public LintInputs build() {
      return new LintInputs(buildArgs, platformArgs, stages, bases, ignoreFile, validReference);
    }
  }
}
