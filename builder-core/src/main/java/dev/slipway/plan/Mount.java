package dev.slipway.plan;

import org.jspecify.annotations.Nullable;

/** What a command sees beside its root filesystem. */
public sealed interface Mount {
  /** Where: an absolute path; null for a secret that is only in the environment. */
  @Nullable String target();

  /**
   * Files of another file system.
   *
   * @param source a path below its root
   * @param writable whether the command may write; what it writes is thrown away
   */
  record Bind(FileSource from, String source, String target, boolean writable) implements Mount {}

  /**
   * A directory that outlives the build.
   *
   * @param id names it; caches of different owners or modes have different ones
   * @param from what a new one starts with
   */
  record Cache(
      String id,
      FileSource from,
      String source,
      String target,
      boolean readOnly,
      Sharing sharing,
      int mode,
      int uid,
      int gid)
      implements Mount {}

  /** How several steps use one cache at a time. */
  enum Sharing {
    SHARED,
    PRIVATE,
    LOCKED
  }

  /**
   * An empty file system in memory.
   *
   * @param size its most bytes, 0 for no limit
   */
  record Tmpfs(String target, long size, boolean readOnly) implements Mount {}

  /**
   * A secret, as a file, as an environment variable, or both.
   *
   * @param required whether the step fails without it
   */
  record Secret(
      String id,
      @Nullable String target,
      @Nullable String environmentVariable,
      boolean required,
      int mode,
      int uid,
      int gid)
      implements Mount {}

  /** The socket of an SSH agent. */
  record Ssh(String id, String target, boolean required, int mode, int uid, int gid)
      implements Mount {}
}
