package dev.slipway.context;

/**
 * A Dockerfile as found.
 *
 * @param name for people, as the path relative to the context
 * @param bytes its content
 * @param ignore the ignore file that goes with it
 */
@SuppressWarnings("ArrayRecordComponent")
public record DockerfileText(String name, byte[] bytes, IgnoreFile ignore) {}
