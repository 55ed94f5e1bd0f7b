package dev.slipway.context;

import java.util.Arrays;

/**
 * A Dockerfile as found.
 *
 * @param name for people: the path as it was asked for
 * @param bytes its content
 * @param ignore the ignore file that goes with it: {@code NAME.dockerignore} beside it, else the
 *     context's {@code .dockerignore}, else one that ignores nothing
 */
public record DockerfileText(String name, byte[] bytes, IgnoreFile ignore) {
  @Override
  public boolean equals(Object other) {
    return other instanceof DockerfileText text
        && text.name.equals(name)
        && Arrays.equals(text.bytes, bytes)
        && text.ignore.equals(ignore);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
