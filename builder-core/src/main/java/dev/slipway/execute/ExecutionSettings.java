package dev.slipway.execute;

import dev.slipway.sandbox.ProcessSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What holds for all steps of a build.
 *
 * @param project what is built, as its context and Dockerfile; tells its steps from other builds'
 * @param jobs how many commands run at once
 * @param network of commands that do not say
 * @param hostname of commands
 * @param shmSize bytes of {@code /dev/shm}; 0 for as many as it has by itself
 * @param isolationClass what of the sandbox a command can notice; part of the cache key
 * @param cacheNamespace set before the ids of cache mounts; empty for none
 * @param sourceDateEpoch seconds; the time of directories that steps make, where given
 * @param secrets values by id, read when a step asks for one
 * @param sshAgents sockets by id
 */
public record ExecutionSettings(
    String project,
    int jobs,
    ProcessSpec.Network network,
    String hostname,
    List<ProcessSpec.ExtraHost> extraHosts,
    List<ProcessSpec.Ulimit> ulimits,
    long shmSize,
    String isolationClass,
    String cacheNamespace,
    Optional<Long> sourceDateEpoch,
    Map<String, Supplier<byte[]>> secrets,
    Map<String, Path> sshAgents,
    Clock clock) {
  public ExecutionSettings {
    extraHosts = List.copyOf(extraHosts);
    ulimits = List.copyOf(ulimits);
    secrets = Map.copyOf(secrets);
    sshAgents = Map.copyOf(sshAgents);
  }
}
