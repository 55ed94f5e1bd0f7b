package dev.slipway.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * How a step ended. The changes are written where the exit code is 0 only.
 *
 * @param exitCode as a shell reports it: 128 and the signal's number for a process that was killed
 * @param driver which isolation it ran in
 * @param note one line for people, as that the kernel ran out of memory, or null
 */
public record StepResult(int exitCode, SandboxKind driver, @Nullable String note) {}
