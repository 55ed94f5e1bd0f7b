package dev.slipway.export.registry;

import dev.slipway.export.ExportListener;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.Exporter;
import dev.slipway.export.OfferedLayer;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.oci.Manifest;
import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.PushOutcome;
import dev.slipway.registry.RegistryClient;
import dev.slipway.registry.Repository;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Pushes images to registries. Layers travel as soon as they are offered; a name points at the new
 * image only when everything that it needs is there.
 */
public final class RegistryExporter implements Exporter {
  private final List<ImageReference> names;
  private final boolean byDigest;
  private final ExportListener listener;
  private final Cancellation cancellation = new Cancellation();
  private final Cancellation.Registration registration;
  private final Map<String, Repository> repositories = new LinkedHashMap<>();

  private final BlobPushes pushes;
  private final AtomicBoolean expected = new AtomicBoolean();

  /**
   * @param names at least one; a name without a tag gets {@code latest}
   * @param byDigest whether the images get no tag, and are found by digest only
   * @param executor runs the transfers, which block, a few at once; its threads must not run out
   *     while one of them waits for {@link #commit}
   */
  public RegistryExporter(
      RegistryClient client,
      List<ImageReference> names,
      boolean byDigest,
      Executor executor,
      ExportListener listener,
      Cancellation cancellation) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no name to push to");
    }
    this.names = List.copyOf(names);
    this.byDigest = byDigest;
    this.listener = listener;
    this.pushes = new BlobPushes(executor, listener, this.cancellation);
    this.registration = cancellation.onCancel(this.cancellation::cancel);
    RegistryClient own = client.endingWith(this.cancellation);
    for (ImageReference name : names) {
      repositories.computeIfAbsent(name.name(), any -> own.repository(name));
    }
  }

  /** With the first new layer comes a new config. */
  @Override
  public void expectLayer() {
    int blobs = expected.compareAndSet(false, true) ? 2 : 1;
    for (Repository repository : repositories.values()) {
      for (int i = 0; i < blobs; i++) {
        pushes.expect(repository);
      }
    }
  }

  @Override
  public void offer(OfferedLayer layer) {
    for (Repository repository : repositories.values()) {
      pushes.push(
          repository, layer.descriptor(), layer.content(), mountable(repository, layer.origin()));
    }
  }

  private static @Nullable String mountable(
      Repository repository, @Nullable ImageReference origin) {
    return origin != null && origin.registry().equals(repository.registry())
        ? origin.repository()
        : null;
  }

  @Override
  public ExportResult commit(ExportedImages images) {
    List<CompletableFuture<PushOutcome>> needed = new ArrayList<>();
    for (Repository repository : repositories.values()) {
      for (OfferedLayer layer : images.layers().values()) {
        needed.add(
            pushes.push(
                repository,
                layer.descriptor(),
                layer.content(),
                mountable(repository, layer.origin())));
      }
      for (ExportedImages.ImageWithLayers each : images.images()) {
        byte[] config = each.image().configBytes();
        needed.add(
            pushes.push(
                repository,
                each.image().manifest().config(),
                () -> new ByteArrayInputStream(config),
                null));
      }
    }
    pushes.await(needed);
    pushManifests(images);
    List<String> where = tag(images);
    repositories.values().forEach(Repository::expectNoMore);
    return new ExportResult(images.root(), where, List.of());
  }

  /** What an index points at must be there before it. */
  private void pushManifests(ExportedImages images) {
    if (images.index() == null) {
      return;
    }
    for (Repository repository : repositories.values()) {
      for (ExportedImages.ImageWithLayers each : images.images()) {
        Image image = each.image();
        Manifest manifest = image.manifest();
        repository.pushManifest(
            manifest.digest().toString(), manifest.bytes(), manifest.mediaType());
      }
    }
  }

  private List<String> tag(ExportedImages images) {
    Descriptor root = images.root();
    List<String> where = new ArrayList<>();
    for (ImageReference name : names) {
      ImageReference pushed =
          byDigest
              ? name.withTag(null).withDigest(root.digest())
              : name.withDigest(null).withDefaultTag();
      ExportListener.Part part = listener.begin(TaskKind.PUSH, "push " + pushed, root.size());
      Outcome outcome = Outcome.FAILED;
      try {
        Repository repository = Objects.requireNonNull(repositories.get(name.name()));
        repository.pushManifest(pushed.identifier(), images.rootBytes(), root.mediaType());
        outcome = Outcome.DONE;
      } finally {
        part.finished(cancellation.isCancelled() ? Outcome.CANCELLED : outcome, null);
      }
      if (!where.contains(pushed.toString())) {
        where.add(pushed.toString());
      }
    }
    return where;
  }

  @Override
  public void close() {
    registration.close();
    cancellation.cancel();
  }
}
