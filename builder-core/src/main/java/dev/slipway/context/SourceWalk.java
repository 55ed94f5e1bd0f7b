package dev.slipway.context;

import dev.slipway.layer.WhiteoutNames;
import dev.slipway.tree.Entry;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.glob.PathText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leads a scan to what a source path names: along symbolic links inside the context, through each
 * match of a wildcard.
 */
final class SourceWalk {
  private static final int MAX_LINKS = 255;

  private final DirectoryScan scan;

  SourceWalk(DirectoryScan scan) {
    this.scan = scan;
  }

  void reach(String source) {
    walk(TreePath.ROOT, split(source.getBytes(StandardCharsets.UTF_8), true), MAX_LINKS);
  }

  /**
   * @param pattern whether it may hold wildcards, as those of a link's target may not
   */
  private record Component(byte[] name, boolean pattern) {}

  private static List<Component> split(byte[] path, boolean pattern) {
    List<Component> components = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= path.length; i++) {
      if (i == path.length || path[i] == '/') {
        if (i > start && !(i == start + 1 && path[start] == '.')) {
          components.add(new Component(Arrays.copyOfRange(path, start, i), pattern));
        }
        start = i + 1;
      }
    }
    return components;
  }

  /**
   * @param at a real directory of the context
   */
  private void walk(TreePath at, List<Component> components, int links) {
    DirectoryNode node = nodeAt(at);
    if (node == null) {
      return;
    }
    if (components.isEmpty()) {
      scan.readWhole(node);
      return;
    }
    Component first = components.get(0);
    List<Component> rest = components.subList(1, components.size());
    String text = PathText.decode(first.name());
    if (text.equals("..")) {
      walk(at.parent(), rest, links);
    } else if (first.pattern() && text.contains("**")) {
      scan.readWhole(node);
    } else if (first.pattern() && Wildcards.isPattern(text)) {
      scan.readNames(node);
      for (byte[] match : Wildcards.matches(text, node.names())) {
        step(at, node, match, rest, links);
      }
    } else {
      scan.readName(node, first.name());
      step(at, node, first.name(), rest, links);
    }
  }

  private void step(TreePath at, DirectoryNode node, byte[] name, List<Component> rest, int links) {
    if (node.directory(name) != null) {
      walk(at.child(name), rest, links);
      return;
    }
    Entry entry = node.entry(name);
    if (entry == null) {
      // For the near names in the message that will follow.
      scan.readNames(node);
    } else if (WhiteoutNames.isWhiteout(name)) {
      throw ContextException.whiteout(at.child(name).toString());
    } else if (entry instanceof Symlink link && links > 0) {
      byte[] target = link.target();
      TreePath from = target.length > 0 && target[0] == '/' ? TreePath.ROOT : at;
      List<Component> onwards = split(target, false);
      onwards.addAll(rest);
      walk(from, onwards, links - 1);
    }
  }

  private @Nullable DirectoryNode nodeAt(TreePath path) {
    DirectoryNode node = scan.root();
    for (byte[] name : path.components()) {
      if (node == null) {
        return null;
      }
      node = node.directory(name);
    }
    return node;
  }
}
