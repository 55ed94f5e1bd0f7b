package dev.slipway.store;

/**
 * What tells whether a host file is still the one whose content was read: the change time moves
 * with every write and cannot be set back by a program.
 *
 * @param path absolute, as text; two spellings are two files
 * @param inode the inode number
 * @param size in bytes
 * @param mtimeNanos modification time since the epoch
 * @param ctimeNanos time of the last change of content or metadata, since the epoch
 */
public record FileIdentity(String path, long inode, long size, long mtimeNanos, long ctimeNanos) {}
