package dev.slipway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildPlanTest {
  private static final Platform PLATFORM = new Platform("linux", "amd64");

  @Test
  void theTargetIsTheLastStage() {
    BuildPlan plan = plan(stage(4, new Base.Scratch()), stage(2, new Base.Stage(4)));
    assertThat(plan.target().id()).isEqualTo(2);
    assertThat(plan.stage(4).base()).isEqualTo(new Base.Scratch());
    assertThatIllegalArgumentException().isThrownBy(() -> plan.stage(3)).withMessage("no stage 3");
  }

  @Test
  void aStageComesAfterThoseThatItNeeds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(stage(0, new Base.Stage(1)), stage(1, new Base.Scratch())))
        .withMessage("stage 0 needs stage 1, which is not before it");
    assertThatIllegalArgumentException().isThrownBy(() -> plan(stage(0, new Base.Stage(0))));
  }

  @Test
  void noTwoStagesHaveOneId() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(stage(1, new Base.Scratch()), stage(1, new Base.Scratch())))
        .withMessage("two stages have the id 1");
  }

  @Test
  void aPlanHasAStage() {
    assertThatIllegalArgumentException().isThrownBy(() -> plan());
  }

  private static BuildPlan plan(PlannedStage... stages) {
    return new BuildPlan(PLATFORM, List.of(stages));
  }

  private static PlannedStage stage(int id, Base base) {
    return new PlannedStage(id, "", PLATFORM, base, List.of(), ImageConfig.empty(PLATFORM), false);
  }
}
