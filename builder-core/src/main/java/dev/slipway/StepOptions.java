package dev.slipway;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What RUN steps are given and may do, beside what the Dockerfile says.
 *
 * @param secrets what {@code --mount=type=secret} may ask for
 * @param ssh agents by id: the socket of one that runs, or private keys
 * @param addHosts lines for {@code /etc/hosts}, in their order
 * @param ulimits as {@code nofile=1024:2048}; set only where given
 * @param shmSize bytes of {@code /dev/shm}, 0 for the default of 64 MiB
 * @param network {@code default}, {@code none} or {@code host} for steps that do not say
 * @param allow entitlements: {@code network.host}, {@code security.insecure}
 * @param sandbox the driver's name, or {@code auto}
 * @param jobs how many steps run at once, 0 for four a processor
 */
public record StepOptions(
    List<SecretSource> secrets,
    Map<String, List<Path>> ssh,
    List<HostAddress> addHosts,
    Map<String, String> ulimits,
    long shmSize,
    String network,
    Set<String> allow,
    String sandbox,
    int jobs) {

  public StepOptions {
    secrets = List.copyOf(secrets);
    Map<String, List<Path>> agents = new LinkedHashMap<>();
    ssh.forEach((id, files) -> agents.put(id, List.copyOf(files)));
    ssh = Collections.unmodifiableMap(agents);
    addHosts = List.copyOf(addHosts);
    ulimits = Collections.unmodifiableMap(new LinkedHashMap<>(ulimits));
    allow = Set.copyOf(allow);
  }

  /**
   * A name that steps know a machine by.
   *
   * @param address an IP address, or {@code host-gateway} for the machine that builds
   */
  public record HostAddress(String name, String address) {}
}
