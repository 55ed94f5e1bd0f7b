package dev.slipway.tree.copy;

import dev.slipway.diagnostic.NearestName;
import dev.slipway.tree.Directory;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.Resolution;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.TreeView;
import dev.slipway.tree.glob.PathText;
import java.util.ArrayList;
import java.util.List;

/** What somebody may have meant by a path that is not there. */
final class NearNames {
  private NearNames() {}

  /** Paths in the directory where the search ended, with the rest of the path behind them. */
  static List<String> of(TreeView tree, TreePath path) {
    Resolution resolution = tree.resolve(path, FollowLast.YES);
    if (resolution.exists() || !(resolution.entry() instanceof Directory directory)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < directory.size(); i++) {
      names.add(PathText.decode(directory.nameAt(i)));
    }
    String missing = PathText.decode(resolution.missing().components().get(0));
    List<String> paths = new ArrayList<>();
    for (String name : NearestName.files(missing, names)) {
      paths.add(resolution.path().child(name).toString());
    }
    return paths;
  }
}
