package dev.slipway.tree.copy;

import dev.slipway.tree.Directory;
import dev.slipway.tree.FileTree;
import java.util.List;

/**
 * What a source word of COPY means in a tree. The same files arrive at different places from
 * different shapes: {@code COPY f /x} makes a file, {@code COPY d /x} a directory, although {@code
 * d} may hold nothing but {@code f}.
 */
public enum SourceShape {
  NOTHING("nothing"),
  FILE("a file"),
  DIRECTORY("a directory"),
  SEVERAL("several");

  private final String text;

  SourceShape(String text) {
    this.text = text;
  }

  /** As people say it. */
  public String text() {
    return text;
  }

  /**
   * @throws SourceNotFoundException if what is named without a wildcard is not there
   */
  public static SourceShape of(FileTree tree, String word) {
    List<SourceMatches.Match> matches = SourceMatches.of(tree, word);
    return switch (matches.size()) {
      case 0 -> NOTHING;
      case 1 -> matches.get(0).entry() instanceof Directory ? DIRECTORY : FILE;
      default -> SEVERAL;
    };
  }
}
