package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.StepKey;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.Mount;

/** What of a mount a command can notice, as part of its key: never a secret's value. */
abstract class MountKeys {
  private MountKeys() {}

  /** Stages and images by what they were made of, without a look at their files. */
  static MountKeys byDefinition(StageFiles files, MountedContent contents) {
    return new MountKeys() {
      @Override
      void addFiles(StepKey.Builder key, String name, FileSource from, String path) {
        boolean named = from instanceof FileSource.Stage || from instanceof FileSource.Image;
        CacheKey shown = named ? files.key(from, path) : contents.key(from, path);
        key.field(name, shown).field(name + " source", path);
      }
    };
  }

  /** The files that are seen, wherever they come from. */
  static MountKeys byContent(MountedContent contents) {
    return new MountKeys() {
      @Override
      void addFiles(StepKey.Builder key, String name, FileSource from, String path) {
        key.field(name + " content", contents.key(from, path));
      }
    };
  }

  abstract void addFiles(StepKey.Builder key, String name, FileSource from, String path);

  void add(StepKey.Builder key, Mount mount) {
    key.field("mount target", String.valueOf(mount.target()));
    if (mount instanceof Mount.Bind bind) {
      addFiles(key, "bind", bind.from(), bind.source());
      key.field("bind writable", bind.writable());
    } else if (mount instanceof Mount.Cache cache) {
      addFiles(key, "cache from", cache.from(), cache.source());
      key.field("cache read-only", cache.readOnly());
    } else if (mount instanceof Mount.Tmpfs tmpfs) {
      key.field("tmpfs", tmpfs.size());
      if (tmpfs.readOnly()) {
        key.field("tmpfs read-only", true);
      }
    } else if (mount instanceof Mount.Secret secret) {
      key.field("secret", secret.id())
          .field("secret variable", String.valueOf(secret.environmentVariable()));
    } else if (mount instanceof Mount.Ssh ssh) {
      key.field("ssh", ssh.id());
    }
  }
}
