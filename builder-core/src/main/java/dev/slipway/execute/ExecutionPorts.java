package dev.slipway.execute;

import dev.slipway.sandbox.StepRunner;
import java.util.function.Supplier;

/**
 * Whom steps ask for what they do not have: files, downloads, somebody who runs commands.
 *
 * @param runner asked for only when a command is likely to be run
 */
public record ExecutionPorts(
    StageSources sources, Fetcher fetcher, Supplier<? extends StepRunner> runner) {}
