package dev.slipway.assemble;

import dev.slipway.oci.Digest;
import dev.slipway.snapshot.BlobFormat;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.LayerBlob;
import dev.slipway.snapshot.LayerBlobs;
import dev.slipway.store.LayerId;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.FileTree;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes one layer of several. The new layer is the difference between the files below the layers
 * and the files with them, so it has no file that a later layer replaces, and deletes only what is
 * there below it; at the bottom it deletes nothing. Hard links, attributes and fractions of seconds
 * are kept. Nothing is unpacked: contents go from blob to blob.
 *
 * <p>What is written is read again and compared with what it stands for, every byte of it, before
 * it is used.
 */
public final class LayerSquash {
  /** Goes up with every change of what comes of it. */
  private static final int VERSION = 1;

  private final LayerBlobs blobs;

  public LayerSquash(LayerBlobs blobs) {
    this.blobs = blobs;
  }

  /**
   * One blob in place of several, made once and remembered.
   *
   * @param kept what lies below, the lowest first
   * @param merged what becomes one, the lowest first
   * @throws dev.slipway.diagnostic.BuildException if a layer cannot be read, or the blob does not
   *     hold what the layers did
   */
  public LayerBlob squash(List<Layer> kept, List<Layer> merged, BlobFormat format) {
    Files files = new Files(kept, merged, format);
    return blobs.ofMerged(
        id(kept, merged),
        format,
        () -> ChangeSet.between(files.below(), files.all()),
        blob -> SquashCheck.check(blob, files.below(), files.all()));
  }

  private static LayerId id(List<Layer> kept, List<Layer> merged) {
    StringBuilder text = new StringBuilder("squash ").append(VERSION);
    for (Layer layer : kept) {
      text.append(' ').append(layer.id());
    }
    text.append(" |");
    for (Layer layer : merged) {
      text.append(' ').append(layer.id());
    }
    return new LayerId(Digest.of(text.toString().getBytes(StandardCharsets.US_ASCII)).hex());
  }

  /** The files below the new layer and with it, looked at only if it has to be made. */
  private final class Files {
    private final List<Layer> kept;
    private final List<Layer> merged;
    private final BlobFormat format;
    private FileTree below = FileTree.EMPTY;
    private FileTree all = FileTree.EMPTY;
    private boolean known;

    Files(List<Layer> kept, List<Layer> merged, BlobFormat format) {
      this.kept = kept;
      this.merged = merged;
      this.format = format;
    }

    FileTree below() {
      look();
      return below;
    }

    FileTree all() {
      look();
      return all;
    }

    private void look() {
      if (!known) {
        below = over(FileTree.EMPTY, kept);
        all = over(below, merged);
        known = true;
      }
    }

    private FileTree over(FileTree tree, List<Layer> layers) {
      FileTree result = tree;
      for (Layer layer : layers) {
        result = result.apply(blobs.changesInBlob(layer, format));
      }
      return result;
    }
  }
}
