package dev.slipway.export.directory;

import dev.slipway.export.ExportListener;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.Exporter;
import dev.slipway.export.OfferedLayer;
import dev.slipway.export.OutputWriting;
import dev.slipway.oci.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes root filesystems into a directory, as buildx's {@code type=local} does: owned by whoever
 * runs the build, devices left out and named. A directory that does not exist yet appears complete
 * or not at all; one that does is written over, and what else is in it stays.
 */
public final class DirectoryExporter implements Exporter {
  private final Path destination;
  private final PlatformSplit split;
  private final ImageTrees trees;
  private final OutputWriting writing;
  private @Nullable Path aside;

  public DirectoryExporter(
      Path destination, PlatformSplit split, ImageTrees trees, OutputWriting writing) {
    this.destination = destination.toAbsolutePath();
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
        destination.toString(),
        -1,
        part -> {
          try {
            return write(images, part);
          } finally {
            close();
          }
        });
  }

  private ExportResult write(ExportedImages images, ExportListener.Part part) throws IOException {
    Path place = prepare();
    TreeWriter writer = new TreeWriter(place, part::moved, writing.cancellation());
    if (split == PlatformSplit.NEVER) {
      writer.write(MergedTrees.of(images, trees).root(), place);
    } else {
      for (ExportedImages.ImageWithLayers each : images.images()) {
        writeImage(writer, images, each.image(), place);
      }
    }
    if (aside != null) {
      Files.move(aside, destination, StandardCopyOption.ATOMIC_MOVE);
      aside = null;
    }
    return new ExportResult(
        images.root(), List.of(destination.toString()), new ArrayList<>(writer.notices()));
  }

  private Path prepare() throws IOException {
    if (Files.exists(destination, LinkOption.NOFOLLOW_LINKS)) {
      return destination.toRealPath(); // the user's own link may be followed
    }
    Path parent = destination.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    String suffix = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path made =
        destination.resolveSibling("." + destination.getFileName() + "." + suffix + ".part");
    Files.createDirectory(made);
    aside = made;
    return made;
  }

  private void writeImage(TreeWriter writer, ExportedImages images, Image image, Path place)
      throws IOException {
    String folder = split.folderOf(images, image.platform());
    Path directory = place;
    if (!folder.isEmpty()) {
      directory = place.resolve(folder);
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        TreeWriter.remove(directory);
        Files.createDirectory(directory);
      }
    }
    writer.write(trees.treeOf(image).root(), directory);
    if (!folder.isEmpty()) {
      FileTime time = FileTime.from(trees.folderTime(), TimeUnit.SECONDS);
      Files.setLastModifiedTime(directory, time);
    }
  }

  @Override
  public void close() {
    try {
      if (aside != null) {
        TreeWriter.remove(aside);
      }
    } catch (IOException e) {
      // What made the build fail is told; this could only hide it.
    }
    aside = null;
  }
}
