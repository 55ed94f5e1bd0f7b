package dev.slipway.session.findings;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.Step;
import java.util.List;
import java.util.Optional;

/** Says once a build that {@code --sandbox=chroot} protects nothing from its RUN steps. */
public final class UnisolatedSteps {
  private UnisolatedSteps() {}

  public static Optional<Diagnostic> warning(List<BuildPlan> plans) {
    for (BuildPlan plan : plans) {
      for (PlannedStage stage : plan.stages()) {
        for (Step step : stage.steps()) {
          if (step instanceof Step.Run) {
            return Optional.of(
                Diagnostic.warning(
                        "RUN steps are not isolated: with --sandbox=chroot they see this machine's"
                            + " processes and network and may do what root may",
                        null)
                    .withHint("only for a container that is itself disposable"));
          }
        }
      }
    }
    return Optional.empty();
  }
}
