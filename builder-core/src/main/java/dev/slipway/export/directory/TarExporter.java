package dev.slipway.export.directory;

import dev.slipway.export.ExportListener;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.Exporter;
import dev.slipway.export.OfferedLayer;
import dev.slipway.export.OutputTarget;
import dev.slipway.export.OutputWriting;
import dev.slipway.layer.LayerWriter;
import dev.slipway.oci.Image;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Directory;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes root filesystems as one tar archive, everything in it: owners, devices, attributes. */
public final class TarExporter implements Exporter {
  private final OutputTarget target;
  private final PlatformSplit split;
  private final ImageTrees trees;
  private final OutputWriting writing;

  public TarExporter(
      OutputTarget target, PlatformSplit split, ImageTrees trees, OutputWriting writing) {
    this.target = target;
    this.split = split;
    this.trees = trees;
    this.writing = writing;
  }

  /** What is written is the sum of the layers. */
  @Override
  public void offer(OfferedLayer layer) {}

  @Override
  public ExportResult commit(ExportedImages images) {
    return writing.write(
        target.name(),
        -1,
        part -> {
          try {
            OutputStream counted = new Counted(target.open(), part);
            LayerWriter.write(ChangeSet.between(FileTree.EMPTY, merged(images)), counted);
            target.commit();
            return new ExportResult(images.root(), List.of(target.name()), List.of());
          } finally {
            target.discard();
          }
        });
  }

  private FileTree merged(ExportedImages images) {
    if (split == PlatformSplit.NEVER) {
      return MergedTrees.of(images, trees);
    }
    Map<String, Directory> folders = new TreeMap<>();
    for (ExportedImages.ImageWithLayers each : images.images()) {
      Image image = each.image();
      String folder = split.folderOf(images, image.platform());
      FileTree tree = trees.treeOf(image);
      // As with buildx, an archive of one platform alone has no folder, whatever is asked for.
      if (folder.isEmpty() || images.index() == null) {
        return tree;
      }
      Metadata metadata = tree.root().metadata().withMtime(trees.folderTime(), 0);
      folders.put(folder, tree.root().withMetadata(metadata));
    }
    byte[][] names = new byte[folders.size()][];
    int i = 0;
    for (String name : folders.keySet()) {
      names[i++] = name.getBytes(StandardCharsets.US_ASCII);
    }
    return new FileTree(
        Directory.of(
            Metadata.of(0755, 0), Origin.NONE, names, folders.values().toArray(Directory[]::new)));
  }

  @Override
  public void close() {
    target.discard();
  }

  private final class Counted extends FilterOutputStream {
    private final ExportListener.Part part;
    private long done;

    Counted(OutputStream out, ExportListener.Part part) {
      super(out);
      this.part = part;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      writing.cancellation().check();
      out.write(bytes, offset, length);
      done += length;
      part.moved(done);
    }
  }
}
