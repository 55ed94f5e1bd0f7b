package dev.slipway;

import dev.slipway.inspect.account.ImageLimits;
import dev.slipway.oci.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One build, as {@code docker buildx build} is asked for it. Made with {@link #builder}.
 *
 * @param context the main build context
 * @param namedContexts further contexts by name, in buildx's notation: a directory, {@code
 *     docker-image://…}, {@code oci-layout://…}, {@code target:STAGE}, a git or http URL; {@code
 *     NAME::OS/ARCH} is for one platform only
 * @param target the stage to build, by name; the last where empty
 * @param buildArgs values of ARG instructions
 * @param labels labels of the image beside those of the Dockerfile
 * @param annotations OCI annotations, in buildx's notation ({@code manifest:key})
 * @param names the image's names, with tags
 * @param platforms the platforms to build for; the builder's own where empty
 * @param ssh agents by id: the socket of one that runs, or private keys
 * @param noCache no step's earlier result is used
 * @param noCacheStages stages whose steps' earlier results are not used
 * @param pull base images are looked up in their registry even where a copy is at hand
 * @param addHosts lines for {@code /etc/hosts}, in their order
 * @param ulimits as {@code nofile=1024:2048}; set only where given
 * @param shmSize bytes of {@code /dev/shm}, 0 for the default of 64 MiB
 * @param network {@code default}, {@code none} or {@code host} for steps that do not say
 * @param allow entitlements: {@code network.host}, {@code security.insecure}
 * @param sandbox the driver's name, or {@code auto}
 * @param jobs how many steps run at once, 0 for as many as there are processors
 * @param startCheck what to make of an image that cannot start
 * @param fix what is added to the Dockerfile so that its image starts; see {@link
 *     BuildResult#repaired}
 * @param hygiene what to make of secrets and leftovers in an image
 * @param squash which layers become one
 * @param limits what the image has to keep to; nothing is written if it does not
 */
public record BuildRequest(
    ContextSource context,
    DockerfileSource dockerfile,
    Map<String, String> namedContexts,
    Optional<String> target,
    Map<String, String> buildArgs,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> names,
    List<Platform> platforms,
    List<SecretSource> secrets,
    Map<String, List<Path>> ssh,
    boolean noCache,
    Set<String> noCacheStages,
    boolean pull,
    List<HostAddress> addHosts,
    Map<String, String> ulimits,
    long shmSize,
    String network,
    Set<String> allow,
    String sandbox,
    int jobs,
    StartCheckMode startCheck,
    FixMode fix,
    HygieneMode hygiene,
    Squash squash,
    ImageLimits limits,
    List<OutputSpec> outputs) {

  public BuildRequest {
    namedContexts = Map.copyOf(namedContexts);
    buildArgs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
    labels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    annotations = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    names = List.copyOf(names);
    platforms = List.copyOf(platforms);
    secrets = List.copyOf(secrets);
    ssh = copyOf(ssh);
    noCacheStages = Set.copyOf(noCacheStages);
    addHosts = List.copyOf(addHosts);
    ulimits = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(ulimits));
    allow = Set.copyOf(allow);
    outputs = List.copyOf(outputs);
  }

  private static Map<String, List<Path>> copyOf(Map<String, List<Path>> lists) {
    Map<String, List<Path>> copy = new LinkedHashMap<>();
    lists.forEach((id, files) -> copy.put(id, List.copyOf(files)));
    return java.util.Collections.unmodifiableMap(copy);
  }

  /** The same, with another Dockerfile. */
  BuildRequest withDockerfile(DockerfileSource source) {
    return toBuilder().dockerfile(source).build();
  }

  public static Builder builder(ContextSource context) {
    return new Builder(context);
  }

  /** All that is in this one, to be added to. */
  Builder toBuilder() {
    Builder builder = new Builder(context).dockerfile(dockerfile);
    builder.namedContexts.putAll(namedContexts);
    builder.target = target;
    builder.buildArgs.putAll(buildArgs);
    builder.labels.putAll(labels);
    builder.annotations.putAll(annotations);
    builder.names.addAll(names);
    builder.platforms.addAll(platforms);
    builder.secrets.addAll(secrets);
    ssh.forEach((id, files) -> files.forEach(file -> builder.ssh(id, file)));
    builder.noCache = noCache;
    builder.noCacheStages.addAll(noCacheStages);
    builder.pull = pull;
    builder.addHosts.addAll(addHosts);
    builder.ulimits.putAll(ulimits);
    builder.shmSize = shmSize;
    builder.network = network;
    builder.allow.addAll(allow);
    builder.sandbox = sandbox;
    builder.jobs = jobs;
    builder.startCheck = startCheck;
    builder.fix = fix;
    builder.hygiene = hygiene;
    builder.squash = squash;
    builder.limits = limits;
    builder.outputs.addAll(outputs);
    return builder;
  }

  /**
   * A name that steps know a machine by.
   *
   * @param address an IP address, or {@code host-gateway} for the machine that builds
   */
  public record HostAddress(String name, String address) {}

  /** Collects what a build is asked for. Not thread-safe. */
  public static final class Builder {
    private final ContextSource context;
    private DockerfileSource dockerfile = DockerfileSource.InContext.DEFAULT;
    private final Map<String, String> namedContexts = new LinkedHashMap<>();
    private Optional<String> target = Optional.empty();
    private final Map<String, String> buildArgs = new LinkedHashMap<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Platform> platforms = new ArrayList<>();
    private final List<SecretSource> secrets = new ArrayList<>();
    private final Map<String, List<Path>> ssh = new LinkedHashMap<>();
    private boolean noCache;
    private final Set<String> noCacheStages = new LinkedHashSet<>();
    private boolean pull;
    private final List<HostAddress> addHosts = new ArrayList<>();
    private final Map<String, String> ulimits = new LinkedHashMap<>();
    private long shmSize;
    private String network = "default";
    private final Set<String> allow = new LinkedHashSet<>();
    private String sandbox = "auto";
    private int jobs;
    private StartCheckMode startCheck = StartCheckMode.WARN;
    private FixMode fix = FixMode.OFF;
    private HygieneMode hygiene = HygieneMode.WARN;
    private Squash squash = Squash.NONE;
    private ImageLimits limits = ImageLimits.NONE;
    private final List<OutputSpec> outputs = new ArrayList<>();

    private Builder(ContextSource context) {
      this.context = context;
    }

    public Builder dockerfile(DockerfileSource source) {
      this.dockerfile = source;
      return this;
    }

    public Builder namedContext(String name, String value) {
      namedContexts.put(name, value);
      return this;
    }

    public Builder target(String stage) {
      this.target = Optional.of(stage);
      return this;
    }

    public Builder buildArg(String name, String value) {
      buildArgs.put(name, value);
      return this;
    }

    public Builder label(String name, String value) {
      labels.put(name, value);
      return this;
    }

    public Builder annotation(String key, String value) {
      annotations.put(key, value);
      return this;
    }

    public Builder name(String name) {
      names.add(name);
      return this;
    }

    public Builder platform(Platform platform) {
      platforms.add(platform);
      return this;
    }

    public Builder secret(SecretSource secret) {
      secrets.add(secret);
      return this;
    }

    /**
     * @param file an agent's socket, or a private key, which may be one of several
     */
    public Builder ssh(String id, Path file) {
      ssh.computeIfAbsent(id, any -> new ArrayList<>()).add(file);
      return this;
    }

    public Builder noCache(boolean value) {
      this.noCache = value;
      return this;
    }

    public Builder noCacheStage(String stage) {
      noCacheStages.add(stage);
      return this;
    }

    public Builder pull(boolean value) {
      this.pull = value;
      return this;
    }

    /** Gives a machine a name that steps know it by; a name may have several addresses. */
    public Builder addHost(String name, String address) {
      addHosts.add(new HostAddress(name, address));
      return this;
    }

    public Builder ulimit(String name, String value) {
      ulimits.put(name, value);
      return this;
    }

    public Builder shmSize(long bytes) {
      this.shmSize = bytes;
      return this;
    }

    public Builder network(String mode) {
      this.network = mode;
      return this;
    }

    public Builder allow(String entitlement) {
      allow.add(entitlement);
      return this;
    }

    public Builder sandbox(String driver) {
      this.sandbox = driver;
      return this;
    }

    public Builder jobs(int count) {
      this.jobs = count;
      return this;
    }

    public Builder startCheck(StartCheckMode mode) {
      this.startCheck = mode;
      return this;
    }

    public Builder fix(FixMode mode) {
      this.fix = mode;
      return this;
    }

    public Builder hygiene(HygieneMode mode) {
      this.hygiene = mode;
      return this;
    }

    public Builder squash(Squash value) {
      this.squash = value;
      return this;
    }

    public Builder limits(ImageLimits value) {
      this.limits = value;
      return this;
    }

    public Builder output(OutputSpec output) {
      outputs.add(output);
      return this;
    }

    public BuildRequest build() {
      return new BuildRequest(
          context,
          dockerfile,
          namedContexts,
          target,
          buildArgs,
          labels,
          annotations,
          names,
          platforms,
          secrets,
          ssh,
          noCache,
          noCacheStages,
          pull,
          addHosts,
          ulimits,
          shmSize,
          network,
          allow,
          sandbox,
          jobs,
          startCheck,
          fix,
          hygiene,
          squash,
          limits,
          outputs);
    }
  }
}
