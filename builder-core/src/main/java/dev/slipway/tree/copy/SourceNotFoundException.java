package dev.slipway.tree.copy;

import dev.slipway.tree.TreePath;
import java.util.List;

/** A source that is not there. Whoever knows more of where it was looked for says so beside it. */
public final class SourceNotFoundException extends CopyException {
  private final transient TreePath path;
  private final transient List<String> nearPaths;

  SourceNotFoundException(TreePath path, List<String> nearPaths) {
    super(
        "\"" + path + "\" not found",
        nearPaths.isEmpty() ? null : "did you mean \"" + nearPaths.get(0) + "\"?");
    this.path = path;
    this.nearPaths = List.copyOf(nearPaths);
  }

  /** What was looked for, from the source's root. */
  public TreePath path() {
    return path;
  }

  /** Paths from the source's root that are spelled alike, the nearest first. */
  public List<String> nearPaths() {
    return nearPaths;
  }
}
