package dev.slipway.store;

/** How steps that run at the same time share a cache mount of one id. */
public enum CacheSharing {
  /** All see one directory. */
  SHARED,
  /** One step at a time. */
  LOCKED,
  /** A step that finds the directory in use gets another one. */
  PRIVATE
}
