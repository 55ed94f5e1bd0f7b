package dev.slipway.store;

/** The kinds of things the store holds, as shown by {@code slipway cache du}. */
public enum EntryKind {
  /** Compressed layers, configs, manifests, fetched files. */
  BLOB,
  /** Trees, step results, whatever else is small and derived. */
  FACT,
  /** Unpacked layers. */
  DIRECTORY,
  /** What {@code RUN --mount=type=cache} keeps. */
  CACHE_MOUNT,
  /** What the helper process is started from. */
  WORKER,
  /** What running builds are writing, and what killed ones have left. */
  TEMPORARY
}
