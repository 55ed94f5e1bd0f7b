package dev.slipway.execute;

import dev.slipway.cache.StepKey;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.plan.PlannedStage;
import dev.slipway.plan.Step;
import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.CancelledException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The steps of a stage as tasks: when each starts, how it ends, and why it was done again. */
final class StepTasks {
  private final PlannedStage stage;
  private final String group;
  private final BuildCourse course;
  private final MissReasons reasons;

  /**
   * @param group what the stage is called in progress
   */
  StepTasks(PlannedStage stage, String group, BuildCourse course, MissReasons reasons) {
    this.stage = stage;
    this.group = group;
    this.course = course;
    this.reasons = reasons;
  }

  /**
   * Does a step, unless the build is cancelled.
   *
   * @param number of the step in its stage
   * @throws BuildException what {@code work} throws, with the step's place in the Dockerfile
   */
  StepOutcome perform(Step step, int number, Function<Tasks.Task, StepOutcome> work) {
    course.cancellation().check();
    Tasks.Task task =
        course.tasks().start(TaskKind.STEP, group, number, stage.steps().size(), step.title());
    try {
      StepOutcome outcome = work.apply(task);
      task.finish(outcome.cached() ? Outcome.CACHED : Outcome.DONE, why(outcome, number));
      return outcome;
    } catch (CancelledException e) {
      task.finish(Outcome.CANCELLED, null);
      throw e;
    } catch (StepFailedException e) {
      task.finish(Outcome.FAILED, "exit code: " + e.exitCode());
      throw e;
    } catch (BuildException e) {
      task.finish(Outcome.FAILED, e.getMessage());
      throw ExecutionException.at(step.span(), e);
    } catch (RuntimeException | Error e) {
      task.finish(Outcome.FAILED, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private @Nullable String why(StepOutcome outcome, int number) {
    StepKey definition = outcome.definition();
    return definition == null || stage.ignoreCache()
        ? null
        : reasons.explain(group, number, definition);
  }
}
