package dev.slipway.it;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A step for {@link StepProgram} to run, and how it ended. */
final class StepOrder implements Serializable {
  private static final long serialVersionUID = 1;

  final List<String> argv;
  final List<byte[]> layers = new ArrayList<>();
  final List<Mount> mounts = new ArrayList<>();
  List<String> environment = List.of("PATH=/bin", "HOME=/root");
  String workingDirectory = "/";
  int uid;
  int gid;
  List<Integer> groups = List.of();
  boolean lonely;
  boolean insecure;
  long killAfterMillis;

  private StepOrder(List<String> argv) {
    this.argv = argv;
  }

  /** A shell command. */
  static StepOrder shell(String command) {
    return new StepOrder(List.of("/bin/sh", "-c", command));
  }

  static StepOrder program(String... argv) {
    return new StepOrder(List.of(argv));
  }

  /** A layer on top of busybox and of those before. */
  StepOrder on(LayerTar layer) {
    layers.add(layer.bytes());
    return this;
  }

  StepOrder in(String directory) {
    workingDirectory = directory;
    return this;
  }

  StepOrder as(int newUid, int newGid, Integer... newGroups) {
    uid = newUid;
    gid = newGid;
    groups = List.of(newGroups);
    return this;
  }

  StepOrder with(Mount mount) {
    mounts.add(mount);
    return this;
  }

  StepOrder insecure() {
    insecure = true;
    return this;
  }

  StepOrder withoutNetwork() {
    lonely = true;
    return this;
  }

  StepOrder killedAfter(long millis) {
    killAfterMillis = millis;
    return this;
  }

  /**
   * Something to mount.
   *
   * @param kind bind, writable-bind, cache, tmpfs, secret, ssh
   * @param layer the tar of a bind's source
   * @param source subpath of a bind or cache; a cache's directory and a socket are host paths
   */
  record Mount(
      String kind,
      String target,
      byte[] layer,
      String host,
      String source,
      byte[] content,
      int mode,
      int uid,
      int gid,
      long size)
      implements Serializable {
    static Mount bind(String target, LayerTar layer, String source) {
      return new Mount("bind", target, layer.bytes(), "", source, null, 0, 0, 0, 0);
    }

    static Mount writableBind(String target, LayerTar layer, String source) {
      return new Mount("writable-bind", target, layer.bytes(), "", source, null, 0, 0, 0, 0);
    }

    static Mount cache(String target, String host, String source) {
      return new Mount("cache", target, null, host, source, null, 0755, 0, 0, 0);
    }

    static Mount tmpfs(String target, long size) {
      return new Mount("tmpfs", target, null, "", "", null, 0, 0, 0, size);
    }

    static Mount secret(String target, byte[] content, int mode, int uid, int gid) {
      return new Mount("secret", target, null, "", "", content, mode, uid, gid, 0);
    }

    static Mount ssh(String target, String socket, int mode, int uid, int gid) {
      return new Mount("ssh", target, null, socket, "", null, mode, uid, gid, 0);
    }
  }

  /**
   * How a step ended.
   *
   * @param exitCode -1 where it did not start
   * @param error why it did not start, or empty
   * @param changes as {@code put /path file 644 0:0}, {@code whiteout /path}, {@code opaque /path}
   * @param upper where its changes are on disk
   */
  record Outcome(
      int exitCode, String error, String output, List<String> changes, String driver, String upper)
      implements Serializable {
    boolean started() {
      return error.isEmpty();
    }
  }
}
