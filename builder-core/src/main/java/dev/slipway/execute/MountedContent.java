package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.StepKey;
import dev.slipway.plan.FileSource;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.TreePath;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Names what a mount shows by what it is, not by where it comes from: a stage that was built anew
 * and holds the same shows the same.
 */
final class MountedContent {
  private static final int PUT = 'p';
  private static final int WHITEOUT = 'w';
  private static final int OPAQUE = 'o';

  private final StageFiles files;
  private final Executor executor;

  MountedContent(StageFiles files, Executor executor) {
    this.files = files;
    this.executor = executor;
  }

  /**
   * The key of the files at {@code path}, and of no others.
   *
   * @throws dev.slipway.diagnostic.BuildException if they cannot be read
   */
  CacheKey key(FileSource source, String path) {
    StepKey.Builder key = StepKey.builder("content");
    if (source instanceof FileSource.Empty) {
      return key.build().key();
    }
    if (path.equals("/") && source instanceof FileSource.Stage stage) {
      addLayers(key, files.stage(stage.id()));
      return key.build().key();
    }
    if (path.equals("/") && source instanceof FileSource.Image image) {
      return StageFiles.imageKey(image.image().image());
    }
    Entry entry =
        files.tree(source, List.of(path)).resolve(TreePath.of(path), FollowLast.YES).found();
    if (entry == null) {
      return key.field("missing", path).build().key();
    }
    return key.field("files", TreeDigests.of(entry, executor)).build().key();
  }

  /** Of a whole stage its layers: an image's are named by their content already. */
  private void addLayers(StepKey.Builder key, ExecutedStage stage) {
    for (ExecutedStage.ExecutedLayer layer : stage.layers()) {
      if (layer.step() == null) {
        key.field("layer", layer.layer().id().hex());
      } else {
        addChanges(key, layer.layer().changes());
      }
    }
  }

  private void addChanges(StepKey.Builder key, ChangeSet changes) {
    ByteArrayOutputStream paths = new ByteArrayOutputStream();
    for (Change change : changes) {
      paths.write(kind(change));
      paths.writeBytes(change.path().toBytes());
      paths.write(0);
    }
    key.field("paths", paths.toByteArray());
    key.field("files", TreeDigests.of(FileTree.EMPTY.apply(changes).root(), executor));
  }

  private static int kind(Change change) {
    if (change instanceof Change.Put) {
      return PUT;
    }
    return change instanceof Change.Whiteout ? WHITEOUT : OPAQUE;
  }
}
