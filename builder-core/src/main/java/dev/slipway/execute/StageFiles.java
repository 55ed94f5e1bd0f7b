package dev.slipway.execute;

import dev.slipway.cache.CacheKey;
import dev.slipway.cache.StepKey;
import dev.slipway.oci.Image;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.ResolvedImage;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.snapshot.Snapshot;
import dev.slipway.store.LayerId;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;

/** The file systems that steps read from, as trees and as snapshots. */
final class StageFiles {
  private final StageSources sources;
  private final IntFunction<ExecutedStage> stages;
  private final LayerStore layers;
  private final Executor executor;
  private final UsedCaches usedCaches;

  /**
   * @param stages gives an executed stage by its id; waits for it
   * @param usedCaches of all plans of the build
   */
  StageFiles(
      StageSources sources,
      IntFunction<ExecutedStage> stages,
      LayerStore layers,
      UsedCaches usedCaches,
      Executor executor) {
    this.sources = sources;
    this.stages = stages;
    this.layers = layers;
    this.usedCaches = usedCaches;
    this.executor = executor;
  }

  UsedCaches usedCaches() {
    return usedCaches;
  }

  ExecutedStage stage(int id) {
    return stages.apply(id);
  }

  Snapshot image(ResolvedImage image) {
    return sources.image(image);
  }

  /** A tree that holds at least what {@code paths} name. */
  FileTree tree(FileSource source, Collection<String> paths) {
    if (source instanceof FileSource.MainContext) {
      return sources.mainContext().treeFor(paths);
    }
    if (source instanceof FileSource.NamedContext named) {
      return sources.namedContext(named.name()).treeFor(paths);
    }
    if (source instanceof FileSource.Inline inline) {
      return FileTree.EMPTY.apply(changes(inline));
    }
    return snapshot(source, "/").tree();
  }

  /** What a mount or base shows of a file system: layers that can be made directories of. */
  Snapshot snapshot(FileSource source, String path) {
    if (source instanceof FileSource.Stage stage) {
      return stages.apply(stage.id()).snapshot();
    }
    if (source instanceof FileSource.Image image) {
      return sources.image(image.image());
    }
    if (source instanceof FileSource.Empty) {
      return Snapshot.EMPTY;
    }
    FileTree tree = tree(source, List.of(path));
    LayerId id = new LayerId(key(source, path).hex());
    return Snapshot.EMPTY.with(layers.ofChanges(id, () -> ChangeSet.between(FileTree.EMPTY, tree)));
  }

  /** Names what {@link #snapshot} gives. */
  CacheKey key(FileSource source, String path) {
    StepKey.Builder key = StepKey.builder("files");
    if (source instanceof FileSource.Stage stage) {
      return stages.apply(stage.id()).key();
    } else if (source instanceof FileSource.Image image) {
      return imageKey(image.image().image());
    } else if (source instanceof FileSource.Inline inline) {
      key.field("name", inline.fileName()).field("content", inline.content());
    } else if (!(source instanceof FileSource.Empty)) {
      key.field("content", TreeDigests.of(tree(source, List.of(path)), executor));
    }
    return key.build().key();
  }

  /** Names the files of an image: the same layers are the same files, whatever the image says. */
  static CacheKey imageKey(Image image) {
    StepKey.Builder key = StepKey.builder("image");
    for (Image.Layer layer : image.layers()) {
      key.field("layer", layer.diffId().toString());
    }
    return key.build().key();
  }

  private static ChangeSet changes(FileSource.Inline inline) {
    List<Change> changes = new ArrayList<>();
    changes.add(
        new Change.Put(
            TreePath.ROOT.child(inline.fileName()),
            new RegularFile(
                Metadata.of(inline.mode(), 0), Origin.NONE, new BytesContent(inline.content()))));
    return ChangeSet.of(changes);
  }
}
