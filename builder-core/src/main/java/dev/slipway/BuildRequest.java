package dev.slipway;

import dev.slipway.StepOptions.HostAddress;
import dev.slipway.inspect.account.ImageLimits;
import dev.slipway.oci.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
 * @param dockerfile the Dockerfile; that of the context if nothing else was said
 * @param platforms the platforms to build for; the builder's own where empty
 * @param reuse which results of earlier builds may be used
 * @param steps what RUN steps are given and may do
 * @param image what is made of the target when it becomes an image
 * @param checks what the image is looked at for before it is written
 * @param outputs where the image goes; with none it is kept in the store
 */
public record BuildRequest(
    ContextSource context,
    DockerfileSource dockerfile,
    Map<String, String> namedContexts,
    Optional<String> target,
    Map<String, String> buildArgs,
    List<Platform> platforms,
    Reuse reuse,
    StepOptions steps,
    ImageOptions image,
    CheckOptions checks,
    List<OutputSpec> outputs) {

  public BuildRequest {
    namedContexts = Map.copyOf(namedContexts);
    buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
    platforms = List.copyOf(platforms);
    outputs = List.copyOf(outputs);
  }

  /** A build of the last stage for this machine's platform, written nowhere but to the store. */
  public static Builder builder(ContextSource context) {
    return new Builder(context);
  }

  /** The same, with another Dockerfile. */
  public BuildRequest withDockerfile(DockerfileSource source) {
    return toBuilder().dockerfile(source).build();
  }

  /** The same, without results of other machines. */
  public BuildRequest withoutCacheFrom() {
    Builder builder = toBuilder();
    builder.cacheFrom.clear();
    return builder.build();
  }

  /** All that is in this one, to be added to. */
  public Builder toBuilder() {
    Builder builder = new Builder(context).dockerfile(dockerfile);
    builder.namedContexts.putAll(namedContexts);
    builder.target = target;
    builder.buildArgs.putAll(buildArgs);
    builder.platforms.addAll(platforms);
    builder.noCache = reuse.noCache();
    builder.noCacheStages.addAll(reuse.noCacheStages());
    builder.pull = reuse.pull();
    builder.cacheFrom.addAll(reuse.cacheFrom());
    builder.cacheTo.addAll(reuse.cacheTo());
    builder.secrets.addAll(steps.secrets());
    steps.ssh().forEach((id, files) -> files.forEach(file -> builder.ssh(id, file)));
    builder.addHosts.addAll(steps.addHosts());
    builder.ulimits.putAll(steps.ulimits());
    builder.shmSize = steps.shmSize();
    builder.network = steps.network();
    builder.allow.addAll(steps.allow());
    builder.sandbox = steps.sandbox();
    builder.jobs = steps.jobs();
    builder.names.addAll(image.names());
    builder.labels.putAll(image.labels());
    builder.annotations.putAll(image.annotations());
    builder.squash = image.squash();
    builder.startCheck = checks.startCheck();
    builder.fix = checks.fix();
    builder.hygiene = checks.hygiene();
    builder.limits = checks.limits();
    builder.outputs.addAll(outputs);
    return builder;
  }

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
    private final List<CacheLocation> cacheFrom = new ArrayList<>();
    private final List<CacheTarget> cacheTo = new ArrayList<>();
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

    /** Instead of the {@code Dockerfile} in the context. */
    public Builder dockerfile(DockerfileSource source) {
      this.dockerfile = source;
      return this;
    }

    /** A further build context; see {@link BuildRequest#namedContexts} for what a value may be. */
    public Builder namedContext(String name, String value) {
      namedContexts.put(name, value);
      return this;
    }

    /** The stage to build, by its name or number; the last one if not said. */
    public Builder target(String stage) {
      this.target = Optional.of(stage);
      return this;
    }

    /** The value of an ARG, or of one of the arguments that need no ARG, as {@code HTTP_PROXY}. */
    public Builder buildArg(String name, String value) {
      buildArgs.put(name, value);
      return this;
    }

    /** A label of the image's config; it wins over one of the Dockerfile. */
    public Builder label(String name, String value) {
      labels.put(name, value);
      return this;
    }

    /**
     * An annotation; {@code index:KEY}, {@code manifest[linux/amd64]:KEY} and the like say of what,
     * a bare key is the manifest's.
     */
    public Builder annotation(String key, String value) {
      annotations.put(key, value);
      return this;
    }

    /**
     * One more name of the image; it is pushed under all of them. {@code latest} where there is no
     * tag.
     */
    public Builder name(String name) {
      names.add(name);
      return this;
    }

    /** One more platform to build for; two or more make an index. */
    public Builder platform(Platform platform) {
      platforms.add(platform);
      return this;
    }

    /** What a step may mount with {@code --mount=type=secret}. */
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

    /** Whether all steps are to be done again; their results are kept for later builds. */
    public Builder noCache(boolean value) {
      this.noCache = value;
      return this;
    }

    /** Does the steps of one more stage again. */
    public Builder noCacheStage(String stage) {
      noCacheStages.add(stage);
      return this;
    }

    /** Whether registries are asked for base images that the store has. */
    public Builder pull(boolean value) {
      this.pull = value;
      return this;
    }

    /**
     * Takes results of other machines from a cache, where the store has none. Who can write to it
     * decides what steps come to. What is taken, and what is built on it, is used only by builds
     * that name the same caches.
     */
    public Builder cacheFrom(CacheLocation location) {
      cacheFrom.add(location);
      return this;
    }

    /** Writes the results of this build to a cache, for builds elsewhere. */
    public Builder cacheTo(CacheTarget target) {
      cacheTo.add(target);
      return this;
    }

    /** Gives a machine a name that steps know it by; a name may have several addresses. */
    public Builder addHost(String name, String address) {
      addHosts.add(new HostAddress(name, address));
      return this;
    }

    /**
     * A limit of the processes of RUN steps.
     *
     * @param name as {@code nofile}
     * @param value {@code SOFT} or {@code SOFT:HARD}, of which -1 is no limit
     */
    public Builder ulimit(String name, String value) {
      ulimits.put(name, value);
      return this;
    }

    /** The size of {@code /dev/shm} in RUN steps; 0 for 64 MiB. */
    public Builder shmSize(long bytes) {
      this.shmSize = bytes;
      return this;
    }

    /**
     * What RUN steps reach that do not say it themselves: {@code default} and {@code host} (the
     * host's network) or {@code none}.
     */
    public Builder network(String mode) {
      this.network = mode;
      return this;
    }

    /** Allows RUN steps to ask for {@code network.host} or {@code security.insecure}. */
    public Builder allow(String entitlement) {
      allow.add(entitlement);
      return this;
    }

    /**
     * What isolates RUN steps, by its name in docs/sandbox.md; {@code auto} takes the quickest that
     * works.
     */
    public Builder sandbox(String driver) {
      this.sandbox = driver;
      return this;
    }

    /** How many steps run at once at most; 0 for four a processor. */
    public Builder jobs(int count) {
      this.jobs = count;
      return this;
    }

    /** What to make of an image that cannot start; it is told if not said. */
    public Builder startCheck(StartCheckMode mode) {
      this.startCheck = mode;
      return this;
    }

    /** What to add to the Dockerfile where its image could not start; nothing if not said. */
    public Builder fix(FixMode mode) {
      this.fix = mode;
      return this;
    }

    /** What to make of secrets and leftovers in the image; they are told if not said. */
    public Builder hygiene(HygieneMode mode) {
      this.hygiene = mode;
      return this;
    }

    /** Which layers become one; none if not said. */
    public Builder squash(Squash value) {
      this.squash = value;
      return this;
    }

    /** What the image has to keep to; nothing is written if it does not. */
    public Builder limits(ImageLimits value) {
      this.limits = value;
      return this;
    }

    /** One more place that the image is written to. With none it is kept in the store only. */
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
          platforms,
          new Reuse(noCache, noCacheStages, pull, cacheFrom, cacheTo),
          new StepOptions(secrets, ssh, addHosts, ulimits, shmSize, network, allow, sandbox, jobs),
          new ImageOptions(names, labels, annotations, squash),
          new CheckOptions(startCheck, fix, hygiene, limits),
          outputs);
    }
  }
}
