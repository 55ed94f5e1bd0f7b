package dev.slipway.session.output;

import dev.slipway.Squash;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.oci.Digest;
import dev.slipway.plan.Base;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.PlannedStage;
import dev.slipway.snapshot.LayerBlob;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Up to where the layers of a target stay as they are when the rest becomes one. */
public final class SquashBoundary {
  private final Squash squash;
  private final @Nullable Digest digest;

  /** The stages whose layers stay. */
  private final Set<Integer> stages = new HashSet<>();

  private SquashBoundary(Squash squash, @Nullable Digest digest) {
    this.squash = squash;
    this.digest = digest;
  }

  /**
   * @throws BuildException if the target does not start from the stage that is named
   */
  public static SquashBoundary of(Squash squash, BuildPlan plan) {
    String from = squash.from();
    if (from == null) {
      return new SquashBoundary(squash, null);
    }
    if (from.startsWith("sha256:") || from.startsWith("sha512:")) {
      return new SquashBoundary(squash, Digest.parse(from));
    }
    SquashBoundary boundary = new SquashBoundary(squash, null);
    boundary.keep(from, plan);
    return boundary;
  }

  private void keep(String name, BuildPlan plan) {
    PlannedStage stage = plan.target();
    while (!isCalled(stage, name)) {
      if (!(stage.base() instanceof Base.Stage base)) {
        throw new BuildException(
            "cannot squash from \"" + name + "\": the target is not built on a stage of that name",
            null,
            "name one of the stages in its chain of FROM lines, or the digest of a layer",
            null);
      }
      stage = plan.stage(base.id());
    }
    stages.add(stage.id());
    while (stage.base() instanceof Base.Stage base) {
      stage = plan.stage(base.id());
      stages.add(stage.id());
    }
  }

  private static boolean isCalled(PlannedStage stage, String name) {
    return stage.name().equalsIgnoreCase(name) || Integer.toString(stage.id()).equals(name);
  }

  /** Whether it is known before the build is done that a layer stays. */
  boolean surelyKeeps(ExecutedLayer layer) {
    Squash.Extent extent = squash.extent();
    PlannedStage stage = layer.stage();
    if (extent == Squash.Extent.NEW) {
      return stage == null;
    }
    if (extent == Squash.Extent.FROM) {
      return digest == null && (stage == null || stages.contains(stage.id()));
    }
    return extent == Squash.Extent.NONE;
  }

  /** Whether the last layer to stay is known by its digest only, {@link #isLast}. */
  boolean endsAtDigest() {
    return digest != null;
  }

  boolean isLast(LayerBlob blob) {
    return blob.descriptor().digest().equals(digest) || blob.diffId().digest().equals(digest);
  }

  BuildException noSuchLayer() {
    return new BuildException(
        "cannot squash from \"" + digest + "\": the image has no such layer",
        null,
        "\"slipway analyze --format=json\" lists the layers' digests",
        null);
  }
}
