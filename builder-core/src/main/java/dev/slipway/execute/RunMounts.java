package dev.slipway.execute;

import dev.slipway.plan.FileSource;
import dev.slipway.plan.Mount;
import dev.slipway.progress.Cancellation;
import dev.slipway.sandbox.LayerStack;
import dev.slipway.sandbox.PreparedRoot;
import dev.slipway.sandbox.StepMount;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.store.CacheMount;
import dev.slipway.store.CacheSharing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the mounts of one step ready; closing it gives the cache mounts back. */
final class RunMounts implements AutoCloseable {
  private final StageFiles files;
  private final MountedContent contents;
  private final LayerStore layers;
  private final ExecutionSettings settings;
  private final boolean freshCaches;
  private final Cancellation cancellation;
  private final List<CacheMount> held = new ArrayList<>();
  private final List<String> environment = new ArrayList<>();
  private @Nullable String agentSocket;

  /**
   * @param freshCaches whether cache mounts start empty
   */
  RunMounts(
      StageFiles files,
      MountedContent contents,
      LayerStore layers,
      ExecutionSettings settings,
      boolean freshCaches,
      Cancellation cancellation) {
    this.files = files;
    this.contents = contents;
    this.layers = layers;
    this.settings = settings;
    this.freshCaches = freshCaches;
    this.cancellation = cancellation;
  }

  List<StepMount> prepare(List<Mount> mounts) {
    List<StepMount> prepared = new ArrayList<>();
    if (settings.commands().shmSize() > 0) {
      prepared.add(
          new StepMount.Tmpfs(PreparedRoot.SHARED_MEMORY, settings.commands().shmSize(), false));
    }
    for (Mount mount : inOrder(mounts)) {
      if (MountPlaces.isThereAnyway(mount)) {
        continue;
      }
      StepMount made = prepare(mount);
      if (made != null && !isReplaced(mount)) {
        prepared.add(made);
      }
    }
    return prepared;
  }

  /**
   * As BuildKit does: what lies below another comes after it, wherever it is written, and secrets
   * and sockets come last.
   */
  private static List<Mount> inOrder(List<Mount> mounts) {
    List<Mount> files = new ArrayList<>();
    List<Mount> keys = new ArrayList<>();
    for (Mount mount : mounts) {
      boolean isKey = mount instanceof Mount.Secret || mount instanceof Mount.Ssh;
      (isKey ? keys : files).add(mount);
    }
    files.sort(
        (one, other) -> String.valueOf(one.target()).compareTo(String.valueOf(other.target())));
    files.addAll(keys);
    return files;
  }

  /**
   * As in BuildKit, a size on the command line counts more than what the Dockerfile mounts there.
   */
  private boolean isReplaced(Mount mount) {
    return settings.commands().shmSize() > 0 && PreparedRoot.SHARED_MEMORY.equals(mount.target());
  }

  /** Secrets that are wanted as variables; known after {@link #prepare}. */
  List<String> environment() {
    return environment;
  }

  /** Where programs look for an agent, or null; known after {@link #prepare}. */
  @Nullable String agentSocket() {
    return agentSocket;
  }

  private @Nullable StepMount prepare(Mount mount) {
    if (mount instanceof Mount.Bind bind) {
      return new StepMount.Bind(
          bind.target(),
          layers.stack(files.snapshot(bind.from(), bind.source())),
          bind.source(),
          !bind.writable());
    }
    if (mount instanceof Mount.Cache cache) {
      return cache(cache);
    }
    if (mount instanceof Mount.Tmpfs tmpfs) {
      return new StepMount.Tmpfs(tmpfs.target(), tmpfs.size(), tmpfs.readOnly());
    }
    if (mount instanceof Mount.Secret secret) {
      return secret(secret);
    }
    return ssh((Mount.Ssh) mount);
  }

  private StepMount cache(Mount.Cache cache) {
    boolean empty = cache.from() instanceof FileSource.Empty;
    // What starts with other files is another cache.
    String id =
        settings.cacheNamespace()
            + "/"
            + cache.id()
            + (empty ? "" : "@" + contents.key(cache.from(), cache.source()).hex());
    CacheSharing sharing = CacheSharing.valueOf(cache.sharing().name());
    Function<Boolean, CacheMount> take =
        fresh -> layers.cacheMount(id, sharing, fresh, cancellation::check);
    CacheMount mount = freshCaches ? files.usedCaches().take(id, take) : take.apply(false);
    held.add(mount);
    LayerStack initial = empty ? null : layers.stack(files.snapshot(cache.from(), cache.source()));
    return new StepMount.Cache(
        cache.target(),
        mount.directory(),
        initial == null ? cache.source() : "",
        cache.readOnly(),
        cache.mode(),
        cache.uid(),
        cache.gid(),
        initial,
        cache.source());
  }

  private @Nullable StepMount secret(Mount.Secret secret) {
    Supplier<byte[]> source = settings.secrets().get(secret.id());
    if (source == null) {
      if (secret.required()) {
        throw new ExecutionException(
            "secret " + secret.id() + ": not found",
            null,
            "give it with --secret id=" + secret.id() + ",src=FILE",
            null);
      }
      addSecretVariable(secret, new byte[0]);
      return null;
    }
    byte[] value = source.get();
    addSecretVariable(secret, value);
    return secret.target() == null
        ? null
        : new StepMount.Secret(secret.target(), value, secret.mode(), secret.uid(), secret.gid());
  }

  private void addSecretVariable(Mount.Secret secret, byte[] value) {
    if (secret.environmentVariable() != null) {
      environment.add(
          secret.environmentVariable() + "=" + new String(value, StandardCharsets.UTF_8));
    }
  }

  /**
   * The variable names the first one's place, whether an agent is there or not; it does not count
   * beside one that the step has, which {@link RunProcess} sees to.
   */
  private @Nullable StepMount ssh(Mount.Ssh ssh) {
    agentSocket = agentSocket == null ? ssh.target() : agentSocket;
    Path socket = settings.sshAgents().get(ssh.id());
    if (socket == null) {
      if (ssh.required()) {
        throw new ExecutionException(
            "ssh agent " + ssh.id() + ": not found",
            null,
            "give it with --ssh " + ssh.id() + "=SOCKET",
            null);
      }
      return null;
    }
    return new StepMount.Ssh(ssh.target(), socket, ssh.mode(), ssh.uid(), ssh.gid());
  }

  @Override
  public void close() {
    held.forEach(CacheMount::close);
  }
}
