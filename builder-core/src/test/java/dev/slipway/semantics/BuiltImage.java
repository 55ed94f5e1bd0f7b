package dev.slipway.semantics;

import dev.slipway.BuildResult;
import dev.slipway.archive.ImageArchive;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.layer.Decompression;
import dev.slipway.layer.LayerReadOptions;
import dev.slipway.layer.LayerReader;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.HistoryEntry;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.ImageSource;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An image that a test built, as a reader of the written layout finds it. */
public final class BuiltImage {
  private static final long LIMIT = 1L << 32;

  private final BuildResult result;
  private final Path layout;
  private final BuildLog log;
  private final Image image;
  private final List<ChangeSet> layers = new ArrayList<>();

  BuiltImage(BuildResult result, Path layout, BuildLog log) {
    this.result = result;
    this.layout = layout;
    this.log = log;
    try (ImageArchive archive = ImageArchive.open(layout, layout);
        ImageSource source = archive.image(null)) {
      this.image = source.image(result.images().get(0).platform());
      for (Image.Layer layer : image.layers()) {
        try (InputStream tar = Decompression.open(source.blob(layer.descriptor()), LIMIT)) {
          layers.add(
              LayerReader.readChanges(
                  tar,
                  LayerReadOptions.layer(Origin.NONE),
                  (path, size, offset, body) -> new BytesContent(body.readAllBytes())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it was written. */
  public BuildResult result() {
    return result;
  }

  public Path layout() {
    return layout;
  }

  public BuildLog log() {
    return log;
  }

  public Image image() {
    return image;
  }

  public String digest() {
    return image.manifest().digest().toString();
  }

  public List<DiffId> diffIds() {
    return image.config().diffIds();
  }

  /** What the image's runtime is told. */
  public ContainerConfig config() {
    return image.config().config();
  }

  public ImageConfig imageConfig() {
    return image.config();
  }

  /** The lines of the history, the first instruction first. */
  public List<String> history() {
    List<String> lines = new ArrayList<>();
    for (HistoryEntry entry : image.config().history()) {
      lines.add((entry.emptyLayer() ? "- " : "+ ") + entry.createdBy());
    }
    return lines;
  }

  public int layerCount() {
    return layers.size();
  }

  /**
   * A layer as lines, see {@link Trees#lines(ChangeSet)}; a negative number counts from the top.
   */
  public List<String> layer(int number) {
    return Trees.lines(changes(number));
  }

  public ChangeSet changes(int number) {
    return layers.get(number < 0 ? layers.size() + number : number);
  }

  /** All layers, one over the other. */
  public FileTree tree() {
    FileTree tree = FileTree.EMPTY;
    for (ChangeSet layer : layers) {
      tree = tree.apply(layer);
    }
    return tree;
  }

  /** All files, as {@link Trees#lines(FileTree)}. */
  public List<String> files() {
    return Trees.lines(tree());
  }

  /** Whether there is something at a path. */
  public boolean has(String path) {
    return tree().find(TreePath.of(path)) != null;
  }

  /** What lies at a path; links are not followed. */
  public Entry entry(String path) {
    Entry entry = tree().find(TreePath.of(path));
    if (entry == null) {
      throw new AssertionError("no " + path + " in " + files());
    }
    return entry;
  }

  /** The content of a file. */
  public String text(String path) {
    return Trees.content((RegularFile) entry(path));
  }

  /** Mode and owner of what lies at a path, as {@code 755 0:0}. */
  public String stat(String path) {
    var metadata = entry(path).metadata();
    return "%o %d:%d".formatted(metadata.mode(), metadata.uid(), metadata.gid());
  }

  public List<String> warnings() {
    List<String> messages = new ArrayList<>();
    for (Diagnostic warning : result.warnings()) {
      messages.add(warning.message());
    }
    return messages;
  }
}
