package dev.slipway;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Dockerfile whose images are named with their digests.
 *
 * @param name of the Dockerfile, for people
 * @param bytes the Dockerfile with the digests; but for these every byte is as it was
 * @param references every image that it names, in the order of the text
 */
public record PinnedDockerfile(String name, byte[] bytes, List<Reference> references) {
  public PinnedDockerfile {
    bytes = bytes.clone();
    references = List.copyOf(references);
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /** What became of a reference. */
  public enum State {
    /** It had the digest that its tag has now, or has no tag. */
    PINNED,
    /** It had none and got one. */
    ADDED,
    /** Its tag has another digest now, which it got. */
    MOVED,
    /** It stays without one. */
    LEFT
  }

  /**
   * An image as the Dockerfile names it.
   *
   * @param line from 1
   * @param written what stands there
   * @param pinned what stands there now; the same as {@code written} if nothing was changed
   * @param reason why it was left, else null
   */
  public record Reference(
      int line, String written, String pinned, State state, @Nullable String reason) {}

  /** Whether nothing had to be changed, and nothing was left. */
  public boolean isPinned() {
    for (Reference reference : references) {
      if (reference.state() != State.PINNED) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PinnedDockerfile file
        && file.name.equals(name)
        && Arrays.equals(file.bytes, bytes)
        && file.references.equals(references);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, references);
  }
}
