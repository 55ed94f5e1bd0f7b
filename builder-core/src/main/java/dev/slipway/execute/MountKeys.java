package dev.slipway.execute;

import dev.slipway.cache.StepKey;
import dev.slipway.plan.Mount;

/** What of a mount a command can notice, as part of its key: never a secret's value. */
final class MountKeys {
  private final StageFiles files;

  MountKeys(StageFiles files) {
    this.files = files;
  }

  void add(StepKey.Builder key, Mount mount) {
    key.field("mount target", String.valueOf(mount.target()));
    if (mount instanceof Mount.Bind bind) {
      key.field("bind", files.key(bind.from(), bind.source()))
          .field("bind source", bind.source())
          .field("bind writable", bind.writable());
    } else if (mount instanceof Mount.Cache cache) {
      key.field("cache source", cache.source())
          .field("cache read-only", cache.readOnly())
          .field("cache from", files.key(cache.from(), cache.source()));
    } else if (mount instanceof Mount.Tmpfs tmpfs) {
      key.field("tmpfs", tmpfs.size());
    } else if (mount instanceof Mount.Secret secret) {
      key.field("secret", secret.id())
          .field("secret variable", String.valueOf(secret.environmentVariable()));
    } else if (mount instanceof Mount.Ssh ssh) {
      key.field("ssh", ssh.id());
    }
  }
}
