package dev.slipway.snapshot;

import dev.slipway.layer.LayerException;
import dev.slipway.layer.TreeCodec;
import dev.slipway.oci.ChainId;
import dev.slipway.oci.DiffId;
import dev.slipway.store.FactStore;
import dev.slipway.store.LayerId;
import dev.slipway.tree.Content;
import dev.slipway.tree.FileTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tree of all the layers of an image. It is kept as a whole, so that the next build reads those
 * of its directories only that it looks into, and lays no layers over each other.
 */
final class BaseTree {
  private static final String KIND = "base-tree";

  private final FactStore facts;
  private final List<ImageLayer> layers;

  /**
   * @param layers from the lowest, at least one
   */
  BaseTree(FactStore facts, List<ImageLayer> layers) {
    this.facts = facts;
    this.layers = List.copyOf(layers);
  }

  /**
   * @param made the tree where none is kept
   */
  FileTree get(Supplier<FileTree> made) {
    List<DiffId> diffIds = new ArrayList<>();
    for (ImageLayer each : layers) {
      diffIds.add(each.layer().diffId());
    }
    String key = ChainId.of(diffIds).digest().hex();
    Optional<FileTree> kept = facts.find(KIND, key).flatMap(this::read);
    if (kept.isPresent()) {
      return kept.get();
    }
    FileTree tree = made.get();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TreeCodec.write(tree, out, this::encode);
    } catch (IOException e) {
      throw new SnapshotException("cannot keep the tree of an image", e);
    }
    facts.put(KIND, key, out.toByteArray());
    return tree;
  }

  private Optional<FileTree> read(byte[] bytes) {
    try {
      return Optional.of(TreeCodec.read(bytes, this::decode));
    } catch (IOException | LayerException e) {
      return Optional.empty(); // of another version
    }
  }

  private byte[] encode(Content content) throws IOException {
    LayerId id = ImageLayer.layerOf(content);
    int index = 0;
    while (id != null && !layers.get(index).id().equals(id)) {
      index++;
    }
    byte[] reference = ImageLayer.encode(content);
    return ByteBuffer.allocate(Integer.BYTES + reference.length)
        .putInt(index)
        .put(reference)
        .array();
  }

  private Content decode(byte[] reference, long size, @Nullable String digest) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(reference);
    int index = reference.length < Integer.BYTES ? -1 : in.getInt();
    if (index < 0 || index >= layers.size()) {
      throw new IOException("content of no layer");
    }
    return layers.get(index).decode(in, size, digest);
  }
}
