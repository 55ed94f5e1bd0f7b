package dev.slipway.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a container of the image is run. Image-spec, config.md, "config", with Docker's extensions.
 * Empty means not set, as in Go's JSON. Immutable.
 *
 * @param exposedPorts as {@code 80/tcp}
 * @param env {@code NAME=value}, in order of first definition
 * @param labels sorted by key
 * @param shell the shell of shell forms, empty for the default
 * @param argsEscaped Windows only: the command line is in one piece already
 * @param unknown fields that this program does not read
 */
public record ContainerConfig(
    String user,
    SortedSet<String> exposedPorts,
    List<String> env,
    List<String> entrypoint,
    List<String> cmd,
    SortedSet<String> volumes,
    String workingDir,
    Map<String, String> labels,
    String stopSignal,
    boolean argsEscaped,
    @Nullable Healthcheck healthcheck,
    List<String> onBuild,
    List<String> shell,
    Map<String, JsonNode> unknown) {

  private static final Set<String> OF_ITS_CONTAINER =
      Set.of(
          "AttachStderr",
          "AttachStdin",
          "AttachStdout",
          "Domainname",
          "Hostname",
          "Image",
          "MacAddress",
          "NetworkDisabled",
          "OpenStdin",
          "StdinOnce",
          "Tty");

  public static final ContainerConfig EMPTY = new Builder().build();

  public ContainerConfig {
    exposedPorts = Collections.unmodifiableSortedSet(new TreeSet<>(exposedPorts));
    env = List.copyOf(env);
    entrypoint = List.copyOf(entrypoint);
    cmd = List.copyOf(cmd);
    volumes = Collections.unmodifiableSortedSet(new TreeSet<>(volumes));
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    onBuild = List.copyOf(onBuild);
    shell = List.copyOf(shell);
    unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
  }

  public Builder toBuilder() {
    return new Builder(this);
  }

  ContainerConfig withoutItsContainer() {
    Map<String, JsonNode> left = new LinkedHashMap<>(unknown);
    left.keySet().removeAll(OF_ITS_CONTAINER);
    return toBuilder().unknown(left).build();
  }

  /** The value of an environment variable, or null; of two definitions the last. */
  public @Nullable String envValue(String name) {
    for (int i = env.size() - 1; i >= 0; i--) {
      String entry = env.get(i);
      if (entry.length() > name.length()
          && entry.charAt(name.length()) == '='
          && entry.startsWith(name)) {
        return entry.substring(name.length() + 1);
      }
    }
    return null;
  }

  static ContainerConfig read(ObjectNode node) {
    Fields fields = new Fields(node, "image config");
    ObjectNode healthcheck = fields.object("Healthcheck");
    return new Builder()
        .user(fields.string("User"))
        .exposedPorts(fields.names("ExposedPorts"))
        .env(fields.strings("Env"))
        .entrypoint(fields.strings("Entrypoint"))
        .cmd(fields.strings("Cmd"))
        .volumes(fields.names("Volumes"))
        .workingDir(fields.string("WorkingDir"))
        .labels(fields.stringMap("Labels"))
        .stopSignal(fields.string("StopSignal"))
        .argsEscaped(fields.bool("ArgsEscaped"))
        .healthcheck(healthcheck == null ? null : Healthcheck.read(healthcheck))
        .onBuild(fields.strings("OnBuild"))
        .shell(fields.strings("Shell"))
        .unknown(fields.unknown())
        .build();
  }

  /** In the order in which BuildKit writes the fields. */
  ObjectNode write() {
    ObjectNode node = Json.object();
    Fields.put(node, "User", user);
    Fields.putNames(node, "ExposedPorts", exposedPorts);
    Fields.put(node, "Env", env);
    Fields.put(node, "Entrypoint", entrypoint);
    Fields.put(node, "Cmd", cmd);
    Fields.putNames(node, "Volumes", volumes);
    Fields.put(node, "WorkingDir", workingDir);
    Fields.put(node, "Labels", labels);
    Fields.put(node, "StopSignal", stopSignal);
    if (argsEscaped) {
      node.put("ArgsEscaped", true);
    }
    if (healthcheck != null) {
      node.set("Healthcheck", healthcheck.write());
    }
    Fields.put(node, "OnBuild", onBuild);
    Fields.put(node, "Shell", shell);
    Fields.putUnknown(node, unknown);
    return node;
  }

  /** Makes a changed copy; not thread-safe. */
  public static final class Builder {
    private String user = "";
    private Collection<String> exposedPorts = List.of();
    private List<String> env = List.of();
    private List<String> entrypoint = List.of();
    private List<String> cmd = List.of();
    private Collection<String> volumes = List.of();
    private String workingDir = "";
    private Map<String, String> labels = Map.of();
    private String stopSignal = "";
    private boolean argsEscaped;
    private @Nullable Healthcheck healthcheck;
    private List<String> onBuild = List.of();
    private List<String> shell = List.of();
    private Map<String, JsonNode> unknown = Map.of();

    private Builder() {}

    private Builder(ContainerConfig from) {
      user = from.user;
      exposedPorts = from.exposedPorts;
      env = from.env;
      entrypoint = from.entrypoint;
      cmd = from.cmd;
      volumes = from.volumes;
      workingDir = from.workingDir;
      labels = from.labels;
      stopSignal = from.stopSignal;
      argsEscaped = from.argsEscaped;
      healthcheck = from.healthcheck;
      onBuild = from.onBuild;
      shell = from.shell;
      unknown = from.unknown;
    }

    public Builder user(String value) {
      user = value;
      return this;
    }

    public Builder exposedPorts(Collection<String> value) {
      exposedPorts = value;
      return this;
    }

    public Builder env(List<String> value) {
      env = value;
      return this;
    }

    public Builder entrypoint(List<String> value) {
      entrypoint = value;
      return this;
    }

    public Builder cmd(List<String> value) {
      cmd = value;
      return this;
    }

    public Builder volumes(Collection<String> value) {
      volumes = value;
      return this;
    }

    public Builder workingDir(String value) {
      workingDir = value;
      return this;
    }

    public Builder labels(Map<String, String> value) {
      labels = value;
      return this;
    }

    public Builder stopSignal(String value) {
      stopSignal = value;
      return this;
    }

    public Builder argsEscaped(boolean value) {
      argsEscaped = value;
      return this;
    }

    public Builder healthcheck(@Nullable Healthcheck value) {
      healthcheck = value;
      return this;
    }

    public Builder onBuild(List<String> value) {
      onBuild = value;
      return this;
    }

    public Builder shell(List<String> value) {
      shell = value;
      return this;
    }

    public Builder unknown(Map<String, JsonNode> value) {
      unknown = value;
      return this;
    }

    public ContainerConfig build() {
      return new ContainerConfig(
          user,
          new TreeSet<>(exposedPorts),
          env,
          entrypoint,
          cmd,
          new TreeSet<>(volumes),
          workingDir,
          labels,
          stopSignal,
          argsEscaped,
          healthcheck,
          onBuild,
          shell,
          unknown);
    }
  }
}
