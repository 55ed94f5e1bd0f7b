package dev.slipway.tree.copy;

import dev.slipway.tree.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one COPY or ADD line says beside its sources.
 *
 * @param destination as written, after expansion; its trailing slash counts; empty means the
 *     working directory
 * @param workingDirectory what a relative destination starts from; absolute
 * @param owner of {@code --chown}, or null
 * @param mode of {@code --chmod}, or null
 * @param link {@code --link}: the layer does not depend on what is below it
 * @param parents {@code --parents}
 * @param excludes the patterns of {@code --exclude}
 * @param origin given to entries that have none
 * @param createdSeconds the time of directories that the line makes itself
 */
public record CopyFlags(
    String destination,
    String workingDirectory,
    @Nullable Ownership owner,
    @Nullable ModeChange mode,
    boolean link,
    boolean parents,
    List<String> excludes,
    Origin origin,
    long createdSeconds) {
  public CopyFlags {
    excludes = List.copyOf(excludes);
  }

  /** No flag: a destination from the root, directories made at the epoch. */
  public static CopyFlags to(String destination) {
    return new CopyFlags(destination, "/", null, null, false, false, List.of(), Origin.NONE, 0);
  }

  public CopyFlags withDestination(String newDestination) {
    return new CopyFlags(
        newDestination,
        workingDirectory,
        owner,
        mode,
        link,
        parents,
        excludes,
        origin,
        createdSeconds);
  }
}
