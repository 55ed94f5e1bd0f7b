package dev.slipway.snapshot;

import dev.slipway.tree.FileTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file system of a stage after some step: layers, the lowest first. Immutable. */
public final class Snapshot {
  /** No layer. */
  public static final Snapshot EMPTY = new Snapshot(null, null, null);

  private final @Nullable Snapshot below;
  private final @Nullable Layer top;
  private final @Nullable BaseTree kept;
  private @Nullable FileTree tree;

  private Snapshot(@Nullable Snapshot below, @Nullable Layer top, @Nullable BaseTree kept) {
    this.below = below;
    this.top = top;
    this.kept = kept;
  }

  /** This one with a layer on top. */
  public Snapshot with(Layer layer) {
    return new Snapshot(this, layer, null);
  }

  /** The same, with its tree kept between builds. */
  Snapshot keptAs(BaseTree value) {
    return new Snapshot(below, top, value);
  }

  /** From the lowest. */
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    for (Snapshot at = this; at.top != null && at.below != null; at = at.below) {
      layers.add(at.top);
    }
    Collections.reverse(layers);
    return layers;
  }

  /**
   * Does the steps of which only the name was known, so that all its layers can be had.
   *
   * @throws dev.slipway.diagnostic.BuildException if one fails
   */
  public void complete() {
    layers().forEach(Layer::complete);
  }

  /**
   * All layers laid over each other; made once.
   *
   * @throws dev.slipway.diagnostic.BuildException if a layer's tree cannot be had
   */
  public FileTree tree() {
    synchronized (this) {
      if (tree != null) {
        return tree;
      }
    }
    FileTree made = kept == null ? make() : kept.get(this::make);
    synchronized (this) {
      if (tree == null) {
        tree = made;
      }
      return tree;
    }
  }

  private FileTree make() {
    return below == null || top == null ? FileTree.EMPTY : below.tree().apply(top.changes());
  }
}
