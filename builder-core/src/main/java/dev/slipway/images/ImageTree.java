package dev.slipway.images;

import dev.slipway.layer.Decompression;
import dev.slipway.layer.LayerReadOptions;
import dev.slipway.layer.LayerReader;
import dev.slipway.layer.TarSliceContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSource;
import dev.slipway.tree.Content;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files of an image that is not in the store. A layer is unpacked to disk when the first of its
 * files is opened.
 */
public final class ImageTree {
  private ImageTree() {}

  /**
   * @param directories makes one for a layer; it is wanted as long as the tree is used
   */
  public static FileTree read(ImageSource source, Image image, Supplier<Path> directories)
      throws IOException {
    FileTree tree = FileTree.EMPTY;
    for (Image.Layer layer : image.layers()) {
      Archive archive = new Archive(source, layer.descriptor(), directories);
      try (InputStream tar = archive.open()) {
        tree =
            tree.apply(
                LayerReader.readChanges(
                    tar,
                    LayerReadOptions.layer(Origin.NONE),
                    (path, size, offset, body) -> new Slice(archive, offset, size)));
      }
    }
    return tree;
  }

  /** A layer, uncompressed. */
  private static final class Archive {
    private final ImageSource source;
    private final Descriptor blob;
    private final Supplier<Path> directories;
    private @Nullable Path file;

    Archive(ImageSource source, Descriptor blob, Supplier<Path> directories) {
      this.source = source;
      this.blob = blob;
      this.directories = directories;
    }

    InputStream open() throws IOException {
      return Decompression.open(source.blob(blob), Decompression.LARGEST_LAYER);
    }

    synchronized Path file() throws IOException {
      if (file == null) {
        Path made = directories.get().resolve("layer.tar");
        try (InputStream in = open()) {
          Files.copy(in, made);
        }
        file = made;
      }
      return file;
    }
  }

  private record Slice(Archive archive, long offset, long size) implements Content {
    @Override
    public InputStream open() throws IOException {
      return new TarSliceContent(archive.file(), offset, size).open();
    }

    @Override
    public @Nullable String digestIfKnown() {
      return null;
    }
  }
}
