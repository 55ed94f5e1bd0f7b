package dev.slipway.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flags that COPY and ADD share; words are not expanded.
 *
 * @param chown {@code --chown}
 * @param chmod {@code --chmod}, octal or symbolic
 * @param link {@code --link}
 * @param parents {@code --parents}
 * @param excludes {@code --exclude}, in their order
 */
public record CopyOptions(
    @Nullable Word chown,
    @Nullable Word chmod,
    boolean link,
    boolean parents,
    List<Word> excludes) {
  public CopyOptions {
    excludes = List.copyOf(excludes);
  }
}
