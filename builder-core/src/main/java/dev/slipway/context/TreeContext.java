package dev.slipway.context;

import dev.slipway.layer.WhiteoutNames;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A context whose tree is known as a whole, as that of an archive or a checkout. */
final class TreeContext implements BuildContext {
  private final FileTree tree;
  private final List<TreePath> whiteouts;

  TreeContext(FileTree tree) {
    this.tree = tree;
    this.whiteouts = new ArrayList<>();
    tree.forEach(this::noteWhiteout);
  }

  private void noteWhiteout(TreePath path, Entry entry) {
    if (WhiteoutNames.isWhiteout(path.name())) {
      whiteouts.add(path);
    }
  }

  @Override
  public FileTree treeFor(Collection<String> sources) {
    for (TreePath whiteout : whiteouts) {
      for (String source : sources) {
        if (whiteout.startsWith(literalPart(source))) {
          throw ContextException.whiteout(whiteout.toString());
        }
      }
    }
    return tree;
  }

  private static TreePath literalPart(String source) {
    StringBuilder literal = new StringBuilder();
    for (String component : source.split("/")) {
      if (Wildcards.isPattern(component)) {
        break;
      }
      literal.append('/').append(component);
    }
    return TreePath.ofBytes(literal.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {}
}
