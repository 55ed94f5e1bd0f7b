package dev.slipway.execute;

import dev.slipway.sandbox.ProcessSpec;
import java.util.List;

/**
 * What every command of a build finds around it, beside files.
 *
 * @param network of commands that do not say
 * @param shmSize bytes of {@code /dev/shm}; 0 for as many as it has by itself
 * @param isolationClass what of the sandbox a command can notice; part of the cache key
 */
public record CommandSurroundings(
    ProcessSpec.Network network,
    String hostname,
    List<ProcessSpec.ExtraHost> extraHosts,
    List<ProcessSpec.Ulimit> ulimits,
    long shmSize,
    String isolationClass) {
  public CommandSurroundings {
    extraHosts = List.copyOf(extraHosts);
    ulimits = List.copyOf(ulimits);
  }
}
