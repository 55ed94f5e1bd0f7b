package dev.slipway.snapshot;

import dev.slipway.diagnostic.Awaited;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.layer.LayerWriter;
import dev.slipway.oci.Image;
import dev.slipway.sandbox.LayerDirectories;
import dev.slipway.sandbox.LayerStack;
import dev.slipway.store.AllocatedDirectory;
import dev.slipway.store.CacheMount;
import dev.slipway.store.CacheSharing;
import dev.slipway.store.LayerId;
import dev.slipway.store.LocalDirectoryRemover;
import dev.slipway.store.PrunePolicy;
import dev.slipway.store.Store;
import dev.slipway.store.UnpackedDirectory;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Makes layers and their forms, each once, and remembers them in the store. Thread-safe. */
public final class LayerStore {
  private static final String STEP_TREE = "step-tree";

  private final Store store;
  private final Supplier<? extends LayerDirectories> directories;
  private final String idMapping;
  private final Executor executor;
  private final Semaphore readers =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));
  private final Map<LayerId, ImageLayer> images = new ConcurrentHashMap<>();
  private final Map<LayerId, ImageLayer> shared = new ConcurrentHashMap<>();
  private final Map<LayerId, CompletableFuture<UnpackedDirectory>> unpacking =
      new ConcurrentHashMap<>();

  /**
   * @param directories what unpacks, asked for only when something is to be unpacked
   * @param idMapping how ids on disk stand for ids in layers, as the store names it
   * @param executor for fetching and unpacking several layers at once; runs any number of tasks
   */
  public LayerStore(
      Store store,
      Supplier<? extends LayerDirectories> directories,
      String idMapping,
      Executor executor) {
    this.store = store;
    this.directories = directories;
    this.idMapping = idMapping;
    this.executor = executor;
  }

  /** The snapshot of an image's layers; nothing is fetched yet. */
  public Snapshot ofImage(Image image, LayerSource source, Origin origin) {
    Snapshot snapshot = Snapshot.EMPTY;
    List<ImageLayer> layers = new ArrayList<>();
    for (Image.Layer each : image.layers()) {
      ImageLayer layer =
          images.computeIfAbsent(
              ImageLayer.idOf(each),
              id -> new ImageLayer(store, each, blob(each, source), origin, false));
      layers.add(layer);
      snapshot = snapshot.with(layer);
    }
    return layers.isEmpty() ? snapshot : snapshot.keptAs(new BaseTree(store.facts(), layers));
  }

  private ImageBlob blob(Image.Layer layer, LayerSource source) {
    return new ImageBlob(store, layer, source, executor, readers);
  }

  /** A layer that a step made elsewhere; nothing is fetched yet. */
  public Layer ofShared(Image.Layer layer, LayerSource source, Origin origin) {
    return shared.computeIfAbsent(
        ImageLayer.idOf(layer),
        id -> new ImageLayer(store, layer, blob(layer, source), origin, true));
  }

  /** As {@link #ofShared} where it was fetched in an earlier build and is still there. */
  public Optional<Layer> findShared(Image.Layer layer, LayerSource source, Origin origin) {
    return blob(layer, source).isHere()
        ? Optional.of(ofShared(layer, source, origin))
        : Optional.empty();
  }

  /**
   * The layer of a step that is done when somebody wants its files.
   *
   * @param step does it, and gives its layer
   */
  public Layer ofStep(LayerId id, Supplier<Layer> step) {
    return new DeferredLayer(id, step);
  }

  /** A layer of changes that can be computed at any time. */
  public Layer ofChanges(LayerId id, Supplier<ChangeSet> operation) {
    return new ComputedLayer(id, operation);
  }

  /** A directory for a step to write its changes to. */
  public AllocatedDirectory allocate() {
    return store.directories().allocate();
  }

  /** Deletes a directory that no layer became of. */
  public void discard(AllocatedDirectory directory) {
    store.directories().discard(directory, this::remove);
  }

  /** Deletes a directory, with the helper's rights only where this process's own do not do. */
  private void remove(Path directory) throws IOException {
    try {
      new LocalDirectoryRemover().remove(directory);
    } catch (IOException e) {
      directories.get().delete(List.of(directory));
    }
  }

  /**
   * Deletes what the store holds above {@code maxBytes} and no running build uses, if it holds
   * more. This build's own protection ends.
   */
  public void prune(long maxBytes) {
    store.release();
    if (store.needsPrune(maxBytes)) {
      store.prune(PrunePolicy.cap(maxBytes), this::remove);
    }
  }

  /**
   * What a step wrote, read where it wrote it. It becomes a layer by {@link #keepStep}.
   *
   * @param encodedChanges the changes in {@code made}, by {@link dev.slipway.layer.ChangeSetCodec}
   */
  public ChangeSet changesOf(AllocatedDirectory made, byte[] encodedChanges) {
    return StepLayer.decode(made.path(), encodedChanges, Origin.NONE, this::read);
  }

  /**
   * Keeps what a step wrote as a layer.
   *
   * @param encodedChanges the changes in {@code made}, by {@link dev.slipway.layer.ChangeSetCodec}
   */
  public Layer keepStep(LayerId id, AllocatedDirectory made, byte[] encodedChanges, Origin origin) {
    StepLayer layer = new StepLayer(id, made.path(), encodedChanges, origin, this::read);
    long size = 0;
    for (Change change : layer.changes()) {
      if (change instanceof Change.Put put && put.entry() instanceof RegularFile file) {
        size += file.size();
      }
    }
    store.directories().commit(made, id, idMapping, size);
    store.facts().put(STEP_TREE, id.hex(), encodedChanges);
    return layer;
  }

  /** The layer that a step made in an earlier build, if its directory is still there. */
  public Optional<Layer> findStep(LayerId id, Origin origin) {
    Optional<UnpackedDirectory> directory = store.directories().find(id, idMapping);
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    return store
        .facts()
        .find(STEP_TREE, id.hex())
        .map(bytes -> new StepLayer(id, directory.get().path(), bytes, origin, this::read));
  }

  /** A file in the store that does not exist yet; the caller deletes it, or the next prune does. */
  public Path temporaryFile() {
    return store.temporaryFile();
  }

  /** Takes the directory of a cache mount into use; see {@link dev.slipway.store.CacheMounts}. */
  public CacheMount cacheMount(
      String id, CacheSharing sharing, boolean fresh, Runnable whileWaiting) {
    return store.cacheMounts().acquire(id, sharing, fresh, whileWaiting);
  }

  private InputStream read(Path directory, byte[] path) throws IOException {
    return directories.get().read(directory, path);
  }

  /** Whether it has a layer of an image that no build has looked into here. */
  public boolean isNew(Snapshot snapshot) {
    for (Layer layer : snapshot.layers()) {
      if (layer instanceof ImageLayer image && image.isNew()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Begins to fetch and unpack what {@link #stack} will want, and returns at once. What fails here
   * is told by {@link #stack}.
   */
  public void prepare(Snapshot snapshot) {
    for (Layer layer : snapshot.layers()) {
      layer.settled().filter(made -> !made.isKnownEmpty()).ifPresent(this::directory);
    }
  }

  /**
   * The directories of a snapshot's layers, unpacked where they are not yet.
   *
   * @throws BuildException if a layer cannot be fetched or unpacked
   */
  public LayerStack stack(Snapshot snapshot) {
    List<CompletableFuture<UnpackedDirectory>> pending = new ArrayList<>();
    for (Layer layer : snapshot.layers()) {
      Layer made = layer.complete();
      if (!made.isKnownEmpty()) {
        pending.add(directory(made));
      }
    }
    List<String> names = new ArrayList<>();
    for (int i = pending.size() - 1; i >= 0; i--) {
      names.add(Awaited.result(pending.get(i)).shortName());
    }
    return new LayerStack(store.directories().root(), names);
  }

  private CompletableFuture<UnpackedDirectory> directory(Layer layer) {
    return unpacking.computeIfAbsent(
        layer.id(),
        id -> {
          Optional<UnpackedDirectory> present = store.directories().find(id, idMapping);
          if (present.isPresent()) {
            return CompletableFuture.completedFuture(present.get());
          }
          if (layer instanceof ImageLayer image) {
            image.promiseTree();
          }
          try {
            return CompletableFuture.supplyAsync(() -> unpack(layer), executor);
          } catch (RejectedExecutionException e) {
            withdraw(layer); // or who waits for its tree would wait for ever
            throw e;
          }
        });
  }

  private UnpackedDirectory unpack(Layer layer) {
    try {
      return unpackInto(allocate(), layer);
    } finally {
      withdraw(layer);
    }
  }

  private static void withdraw(Layer layer) {
    if (layer instanceof ImageLayer image) {
      image.withdraw();
    }
  }

  private UnpackedDirectory unpackInto(AllocatedDirectory made, Layer layer) {
    try {
      long size = directories.get().unpack(archive(layer), made.path());
      return store.directories().commit(made, layer.id(), idMapping, size);
    } catch (IOException e) {
      discard(made);
      throw SnapshotException.unwritable("cannot unpack a layer into the store", e);
    } catch (BuildException e) {
      discard(made);
      throw e;
    }
  }

  private static LayerDirectories.TarSource archive(Layer layer) {
    if (layer instanceof ImageLayer image) {
      image.fetch();
      return image::writeTo;
    }
    ChangeSet changes = layer.changes();
    return out -> LayerWriter.write(changes, out);
  }
}
