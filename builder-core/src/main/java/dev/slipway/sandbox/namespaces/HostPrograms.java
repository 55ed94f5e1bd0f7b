package dev.slipway.sandbox.namespaces;

import java.nio.file.Path;

/**
 * Programs of the host that hold a PID namespace open and mount in it.
 *
 * @param cat waits for the end of its input as the first process of a PID namespace
 * @param mount mounts {@code /proc} where the kernel cannot do it from outside, before Linux 6.17
 */
public record HostPrograms(Path cat, Path mount) {}
