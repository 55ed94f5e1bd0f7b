package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.StepKey;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.Mount;
import dev.slipway.plan.Step;
import dev.slipway.sandbox.ProcessSpec;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the result of a RUN is found by. The definition names stages and images that it mounts by
 * their keys, which costs nothing; where that finds nothing, what it sees of them may be the same
 * as before. Thread-safe.
 */
final class RunKey {
  private final Step.Run step;
  private final StageState state;
  private final String platform;
  private final CommandSurroundings surroundings;
  private final MountedContent contents;
  private final StepKey definition;
  private @Nullable CacheKey content;

  RunKey(
      Step.Run step,
      StageState state,
      String platform,
      StageFiles files,
      CommandSurroundings surroundings,
      MountedContent contents) {
    this.step = step;
    this.state = state;
    this.platform = platform;
    this.surroundings = surroundings;
    this.contents = contents;
    this.definition = build(MountKeys.byDefinition(files, contents));
  }

  /** What the step reads, not what it makes. */
  StepKey definition() {
    return definition;
  }

  /** Whether {@link #content} is another key than the definition's. */
  boolean hasContent() {
    for (Mount mount : step.mounts()) {
      FileSource from = source(mount);
      if (from instanceof FileSource.Stage || from instanceof FileSource.Image) {
        return true;
      }
    }
    return false;
  }

  /**
   * The definition, with what is mounted named by its content; read once.
   *
   * @throws dev.slipway.diagnostic.BuildException if it cannot be read
   */
  synchronized CacheKey content() {
    if (content == null) {
      content = build(MountKeys.byContent(contents)).key();
    }
    return content;
  }

  /** Where an earlier result that may be equal is remembered: the command, and what it ran on. */
  CacheKey place() {
    return StepKey.builder("run again")
        .field("parent", state.key())
        .list("argument", step.arguments())
        .build()
        .key();
  }

  private static @Nullable FileSource source(Mount mount) {
    if (mount instanceof Mount.Bind bind) {
      return bind.from();
    }
    return mount instanceof Mount.Cache cache ? cache.from() : null;
  }

  private StepKey build(MountKeys mounts) {
    StepKey.Builder key =
        StepKey.builder("run")
            .field("parent", state.key())
            .list("argument", step.arguments())
            .field("directory", step.workingDirectory())
            .field("user", step.user())
            .field("network", RunProcess.network(step, surroundings).name())
            .field("security", step.security().name())
            .field("platform", platform)
            .field("isolation", surroundings.isolationClass());
    TreeMap<String, String> environment = new TreeMap<>();
    for (String pair : step.environment()) {
      int equals = pair.indexOf('=');
      environment.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    key.map("environment", environment);
    for (ProcessSpec.ExtraHost host : surroundings.extraHosts()) {
      key.field("host", host.name());
    }
    for (ProcessSpec.Ulimit limit : surroundings.ulimits()) {
      key.field("limit", limit.toString());
    }
    if (!surroundings.hostname().equals(ProcessSpec.DEFAULT_HOSTNAME)) {
      key.field("hostname", surroundings.hostname());
    }
    if (surroundings.shmSize() > 0) {
      key.field("shm", surroundings.shmSize());
    }
    for (Mount mount : step.mounts()) {
      mounts.add(key, mount);
    }
    return key.build();
  }
}
