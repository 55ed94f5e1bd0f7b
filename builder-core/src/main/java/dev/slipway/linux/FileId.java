package dev.slipway.linux;

/** What tells a file from all others of the machine, as long as it is there. */
public record FileId(long device, long inode) {}
