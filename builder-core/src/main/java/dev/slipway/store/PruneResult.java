package dev.slipway.store;

/**
 * What a prune did.
 *
 * @param removed what was deleted, garbage of killed builds included
 * @param left what the store holds now
 * @param failures directories that could not be deleted now and will be tried again
 */
public record PruneResult(Usage removed, Usage left, int failures) {}
