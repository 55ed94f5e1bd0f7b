package dev.slipway.sandbox;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The process of a step, as numbers and full text: names of users are looked up and variables
 * expanded before.
 *
 * @param argv the program and its arguments, never empty; a program without a slash is looked for
 *     in the {@code PATH} of {@code environment}, inside the root filesystem
 * @param environment the whole environment, each {@code NAME=value}; nothing of the host is added
 * @param workingDirectory absolute, inside the root filesystem; it must exist
 * @param uid unsigned 32 bit
 * @param gid unsigned 32 bit
 * @param groups supplementary groups, exactly these
 * @param ulimits limits to set; others stay as the builder was started with
 * @param extraHosts lines added to {@code /etc/hosts}
 */
public record ProcessSpec(
    List<String> argv,
    List<String> environment,
    String workingDirectory,
    int uid,
    int gid,
    List<Integer> groups,
    String hostname,
    Network network,
    Security security,
    List<Ulimit> ulimits,
    List<ExtraHost> extraHosts) {

  /** The name that a step's machine has, as with BuildKit. */
  public static final String DEFAULT_HOSTNAME = "buildkitsandbox";

  /** Bytes of {@code /dev/shm} where no mount takes its place. */
  public static final long SHM_SIZE = 64L << 20;

  public ProcessSpec {
    argv = List.copyOf(argv);
    environment = List.copyOf(environment);
    groups = List.copyOf(groups);
    ulimits = List.copyOf(ulimits);
    extraHosts = List.copyOf(extraHosts);
    Objects.requireNonNull(workingDirectory);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("no program to execute");
    }
  }

  /** The value of a variable of the environment, the last one if it is there twice, or null. */
  public @Nullable String variable(String name) {
    String found = null;
    for (String entry : environment) {
      if (entry.startsWith(name + "=")) {
        found = entry.substring(name.length() + 1);
      }
    }
    return found;
  }

  /** What a step reaches of the network. */
  public enum Network {
    /** The host's network. */
    HOST,
    /** A loopback interface only. */
    NONE
  }

  /** How far a step is held. */
  public enum Security {
    /** The published isolation. */
    SANDBOX,
    /** All capabilities that the builder has, no system call filter, no masked paths. */
    INSECURE
  }

  /**
   * A limit to set.
   *
   * @param name as {@code nofile}
   * @param soft -1 for no limit
   * @param hard -1 for no limit
   */
  public record Ulimit(String name, long soft, long hard) {
    /** For a limit that the kernel refuses. */
    public SandboxException refusal(String reason, Throwable cause) {
      return new SandboxException(
          "cannot set the limit '" + name + "' to " + soft + ":" + hard + ": " + reason,
          "above the builder's own hard limit it needs CAP_SYS_RESOURCE",
          cause);
    }
  }

  /** A line of {@code /etc/hosts}. */
  public record ExtraHost(String name, String address) {}

  /** Starts a specification: root in {@code /}, host network, the default limits. */
  public static Builder builder(List<String> argv) {
    return new Builder(argv);
  }

  /** Makes a {@link ProcessSpec} piece by piece. */
  public static final class Builder {
    private final List<String> argv;
    private List<String> environment = List.of();
    private String workingDirectory = "/";
    private int uid;
    private int gid;
    private List<Integer> groups = List.of();
    private String hostname = DEFAULT_HOSTNAME;
    private Network network = Network.HOST;
    private Security security = Security.SANDBOX;
    private List<Ulimit> ulimits = List.of();
    private List<ExtraHost> extraHosts = List.of();

    private Builder(List<String> argv) {
      this.argv = argv;
    }

    public Builder environment(List<String> value) {
      environment = value;
      return this;
    }

    public Builder workingDirectory(String value) {
      workingDirectory = value;
      return this;
    }

    public Builder user(int newUid, int newGid, List<Integer> newGroups) {
      uid = newUid;
      gid = newGid;
      groups = newGroups;
      return this;
    }

    public Builder hostname(String value) {
      hostname = value;
      return this;
    }

    public Builder network(Network value) {
      network = value;
      return this;
    }

    public Builder security(Security value) {
      security = value;
      return this;
    }

    public Builder ulimits(List<Ulimit> value) {
      ulimits = value;
      return this;
    }

    public Builder extraHosts(List<ExtraHost> value) {
      extraHosts = value;
      return this;
    }

    public ProcessSpec build() {
      return new ProcessSpec(
          argv,
          environment,
          workingDirectory,
          uid,
          gid,
          groups,
          hostname,
          network,
          security,
          ulimits,
          extraHosts);
    }
  }
}
