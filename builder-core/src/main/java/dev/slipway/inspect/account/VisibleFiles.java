package dev.slipway.inspect.account;

import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The layers laid over each other, one after the other, and what got lost on the way. */
final class VisibleFiles {
  private final TreeMap<TreePath, Name> names = new TreeMap<>();
  private final List<Lost> lost = new ArrayList<>();

  /** The content of a file, which has a name for each hard link. */
  static final class Body {
    final Member member;
    final LayerAccount layer;
    private int names;

    Body(Member member, LayerAccount layer) {
      this.member = member;
      this.layer = layer;
    }
  }

  /**
   * What is at a path.
   *
   * @param body null for what has no content
   */
  record Name(Member member, LayerAccount layer, @Nullable Body body) {}

  /**
   * Content that no name is left of.
   *
   * @param by the layer that took the last one
   * @param replacement what is there instead, or null
   */
  record Lost(Body body, LayerAccount by, @Nullable Member replacement) {}

  /** What shows in the end, and now. */
  NavigableMap<TreePath, Name> names() {
    return names;
  }

  List<Lost> lost() {
    return lost;
  }

  /** All that is at the path and below it. */
  NavigableMap<TreePath, Name> below(TreePath path) {
    NavigableMap<TreePath, Name> from = names.tailMap(path, true);
    // Paths are ordered so that a directory's contents are contiguous.
    for (TreePath each : from.keySet()) {
      if (!each.startsWith(path)) {
        return from.headMap(each, false);
      }
    }
    return from;
  }

  void apply(LayerAccount layer) {
    for (Member member : layer.members()) {
      if (member.kind() == Member.Kind.WHITEOUT || member.kind() == Member.Kind.OPAQUE) {
        boolean whole = member.kind() == Member.Kind.WHITEOUT;
        take(below(member.path()), whole ? null : member.path(), layer);
      }
    }
    Map<TreePath, Body> bodies = new HashMap<>();
    for (Member member : layer.members()) {
      switch (member.kind()) {
        case WHITEOUT, OPAQUE -> {}
        case DIRECTORY -> putDirectory(member, layer);
        case FILE -> {
          Body body = new Body(member, layer);
          bodies.put(member.path(), body);
          put(member, layer, body);
        }
        case HARD_LINK -> {
          Body body = bodies.get(member.target());
          if (body != null) {
            bodies.put(member.path(), body);
          }
          put(member, layer, body);
        }
        case OTHER -> put(member, layer, null);
      }
    }
  }

  private void putDirectory(Member member, LayerAccount layer) {
    Name before = names.get(member.path());
    if (before != null && before.member.kind() != Member.Kind.DIRECTORY) {
      remove(before, layer, member);
    }
    names.put(member.path(), new Name(member, layer, null));
  }

  private void put(Member member, LayerAccount layer, @Nullable Body body) {
    if (body != null) {
      body.names++;
    }
    take(below(member.path()), member.path(), layer);
    Name before = names.put(member.path(), new Name(member, layer, body));
    if (before != null) {
      remove(before, layer, member);
    }
  }

  private void take(
      NavigableMap<TreePath, Name> doomed, @Nullable TreePath spared, LayerAccount by) {
    if (doomed.isEmpty()) {
      return;
    }
    for (TreePath path : List.copyOf(doomed.keySet())) {
      if (spared == null || !path.equals(spared)) {
        Name gone = names.remove(path);
        if (gone != null) {
          remove(gone, by, null);
        }
      }
    }
  }

  private void remove(Name gone, LayerAccount by, @Nullable Member replacement) {
    Body body = gone.body;
    if (body != null && --body.names == 0) {
      lost.add(new Lost(body, by, replacement));
    }
  }
}
