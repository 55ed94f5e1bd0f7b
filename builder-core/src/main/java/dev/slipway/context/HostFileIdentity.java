package dev.slipway.context;

/**
 * What changes when a host file changes.
 *
 * @param path absolute, percent-encoded where not ASCII
 * @param mtimeNanos since the epoch
 * @param ctimeNanos since the epoch; equal to the mtime where the file system has none
 */
public record HostFileIdentity(
    String path, long inode, long size, long mtimeNanos, long ctimeNanos) {}
