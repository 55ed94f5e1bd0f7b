package dev.slipway.inspect.account;

import org.jspecify.annotations.Nullable;

/** Files that package managers leave behind, by where they are. */
enum PackageCache {
  APT_LISTS("/var/lib/apt/lists/", "RUN --mount=type=cache,target=/var/lib/apt …"),
  APT_ARCHIVES("/var/cache/apt/", "RUN --mount=type=cache,target=/var/cache/apt …"),
  APK("/var/cache/apk/", "RUN apk add --no-cache …"),
  APK_LISTS("/etc/apk/cache/", "RUN apk add --no-cache …"),
  DNF("/var/cache/dnf/", "RUN --mount=type=cache,target=/var/cache/dnf …"),
  DNF5("/var/cache/libdnf5/", "RUN --mount=type=cache,target=/var/cache/libdnf5 …"),
  YUM("/var/cache/yum/", "RUN --mount=type=cache,target=/var/cache/yum …"),
  ZYPPER("/var/cache/zypp/", "RUN --mount=type=cache,target=/var/cache/zypp …"),
  PACMAN("/var/cache/pacman/", "RUN --mount=type=cache,target=/var/cache/pacman …"),
  PIP("/.cache/pip/", "RUN pip install --no-cache-dir …"),
  UV("/.cache/uv/", "RUN --mount=type=cache,target=/root/.cache/uv …"),
  NPM("/.npm/_cacache/", "RUN --mount=type=cache,target=/root/.npm …"),
  YARN("/.cache/yarn/", "RUN --mount=type=cache,target=/usr/local/share/.cache/yarn …"),
  GO("/.cache/go-build/", "RUN --mount=type=cache,target=/root/.cache/go-build …"),
  GRADLE("/.gradle/caches/", "RUN --mount=type=cache,target=/root/.gradle …"),
  CARGO("/.cargo/registry/", "RUN --mount=type=cache,target=/root/.cargo/registry …"),
  COMPOSER("/.composer/cache/", "RUN --mount=type=cache,target=/root/.composer/cache …");

  private final String directory;
  private final String advice;

  PackageCache(String directory, String advice) {
    this.directory = directory;
    this.advice = advice;
  }

  String advice() {
    return advice;
  }

  /** The cache that a file belongs to; one of a user may be in any home. */
  static @Nullable PackageCache of(String path) {
    for (PackageCache cache : values()) {
      boolean anywhere = cache.directory.startsWith("/.");
      if (anywhere ? path.contains(cache.directory) : path.startsWith(cache.directory)) {
        return cache;
      }
    }
    return null;
  }
}
