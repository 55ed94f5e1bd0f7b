package dev.slipway.session.output;

import dev.slipway.execute.ExecutedStage;
import java.util.List;

/**
 * What came of one plan.
 *
 * @param stages all that were executed
 */
public record ExecutedPlan(
    ExecutedStage target, List<ExecutedStage> stages, SquashBoundary boundary) {}
