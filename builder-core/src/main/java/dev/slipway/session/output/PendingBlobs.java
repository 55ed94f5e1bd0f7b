package dev.slipway.session.output;

import dev.slipway.diagnostic.Awaited;
import dev.slipway.snapshot.BlobFormat;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.LayerBlob;
import dev.slipway.store.LayerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The layers of a build that are being written, each once in each form. Thread-safe. */
final class PendingBlobs implements AutoCloseable {
  private final Map<BlobFormat, Map<LayerId, CompletableFuture<LayerBlob>>> pending =
      new HashMap<>();

  /**
   * Notes a layer that is about to be written.
   *
   * @return false if it is noted already, as a layer that several platforms share
   */
  synchronized boolean add(Layer layer, BlobFormat format, CompletableFuture<LayerBlob> blob) {
    return pending.computeIfAbsent(format, any -> new HashMap<>()).putIfAbsent(layer.id(), blob)
        == null;
  }

  /** Waits for the blob of a layer that was finished. */
  LayerBlob await(Layer layer, BlobFormat format) {
    CompletableFuture<LayerBlob> blob;
    synchronized (this) {
      blob = pending.getOrDefault(format, Map.of()).get(layer.id());
    }
    if (blob == null) {
      throw new IllegalStateException("layer was not told of: " + layer.id());
    }
    return Awaited.result(blob);
  }

  /** Waits for all of them, whatever became of them. */
  @Override
  public void close() {
    List<CompletableFuture<LayerBlob>> started = new ArrayList<>();
    synchronized (this) {
      for (Map<LayerId, CompletableFuture<LayerBlob>> blobs : pending.values()) {
        started.addAll(blobs.values());
      }
    }
    for (CompletableFuture<LayerBlob> blob : started) {
      blob.handle((made, failure) -> "").join();
    }
  }
}
