package dev.slipway.execute;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What holds for all steps of a build.
 *
 * @param project what is built, as its context and Dockerfile; tells its steps from other builds'
 * @param jobs how many commands run at once
 * @param cacheNamespace set before the ids of cache mounts; empty for none
 * @param sourceDateEpoch seconds; the time of directories that steps make, where given
 * @param secrets values by id, read when a step asks for one
 * @param sshAgents sockets by id
 */
public record ExecutionSettings(
    String project,
    int jobs,
    CommandSurroundings commands,
    String cacheNamespace,
    Optional<Long> sourceDateEpoch,
    Map<String, Supplier<byte[]>> secrets,
    Map<String, Path> sshAgents,
    Clock clock) {
  public ExecutionSettings {
    secrets = Map.copyOf(secrets);
    sshAgents = Map.copyOf(sshAgents);
  }
}
