package dev.slipway.cache;

/**
 * Whose word a step rests on. A shared cache may say anything of a step, and so may what is built
 * on that: neither must reach a build that did not ask this cache.
 */
public enum CacheScope {
  /** All that the step reads was made here; what it comes to counts for every build. */
  OWN,
  /** Something that it reads came from a shared cache; it counts for builds that name the same. */
  SHARED
}
