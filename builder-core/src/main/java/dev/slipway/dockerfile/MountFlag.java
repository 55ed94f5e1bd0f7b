package dev.slipway.dockerfile;

import dev.slipway.diagnostic.SourceSpan;
import java.util.List;

/**
 * A {@code --mount} flag of RUN as written. Values are expanded later, and {@link RunMount} is made
 * of the result.
 *
 * @param text the flag's whole value
 */
public record MountFlag(String text, List<MountOption> options, SourceSpan span) {
  public MountFlag {
    options = List.copyOf(options);
  }
}
