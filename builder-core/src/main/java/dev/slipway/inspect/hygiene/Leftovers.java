package dev.slipway.inspect.hygiene;

import dev.slipway.tree.Origin;
import dev.slipway.tree.TreePath;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells directories that are shipped only because they lay in the build context. */
public final class Leftovers {
  private static final Set<String> OF_A_TARGET =
      Set.of("classes", "maven-status", "CACHEDIR.TAG", ".rustc_info.json");

  private Leftovers() {}

  /**
   * The directory that the path shows to be a leftover, as {@code .git}, or null. A Git repository
   * is one wherever it comes from; what a build makes is one only where it was copied from the
   * context.
   */
  public static @Nullable TreePath of(TreePath path, Origin origin) {
    String name = path.nameText();
    if (name.equals("HEAD")) {
      TreePath parent = path.parent();
      return parent.nameText().equals(".git") ? parent : null;
    }
    if (!isFromContext(origin)) {
      return null;
    }
    if (name.equals("node_modules")) {
      return path;
    }
    return OF_A_TARGET.contains(name) && path.parent().nameText().equals("target")
        ? path.parent()
        : null;
  }

  private static boolean isFromContext(Origin origin) {
    String text = origin.text();
    return (text.startsWith("COPY ") || text.startsWith("ADD ")) && !text.contains("--from=");
  }
}
