package dev.slipway.session;

import dev.slipway.cache.CacheBackend;
import dev.slipway.cache.CacheDocument;
import dev.slipway.cache.CacheKey;
import dev.slipway.cache.SharedStep;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.execute.Tasks;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.OciException;
import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.CancelledException;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.Repository;
import dev.slipway.registry.TransferListener;
import dev.slipway.session.input.PulledBlob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cache under a name in a registry. It is asked for when a step is first missed here, by two
 * requests, and then known for the whole build.
 */
final class RegistryCache implements CacheBackend {
  private final SessionResources resources;
  private final ImageReference name;
  private final Consumer<Diagnostic> warnings;
  private @Nullable CacheDocument document;
  private boolean loaded;

  /**
   * @param warnings hears that it cannot be used
   */
  RegistryCache(SessionResources resources, ImageReference name, Consumer<Diagnostic> warnings) {
    this.resources = resources;
    this.name = name;
    this.warnings = warnings;
  }

  @Override
  public String name() {
    return name.toString();
  }

  @Override
  public Optional<SharedStep> find(CacheKey definitionKey) {
    return Optional.ofNullable(steps().get(definitionKey));
  }

  @Override
  public boolean has(Digest layer) {
    CacheDocument known = document();
    return known != null
        && known.manifest().layers().stream().anyMatch(each -> each.digest().equals(layer));
  }

  @Override
  public InputStream open(Descriptor layer) throws IOException {
    return new LayerStream(
        new PulledBlob(
            given(() -> repository().blob(layer, TransferListener.SILENT)),
            layer,
            "cache " + name.familiar(),
            resources.tasks,
            resources.cancellation));
  }

  /** Something that the registry gives. */
  private interface Given<T> {
    T get() throws IOException;
  }

  /** Tells a cache that does not keep what it promised from all else that a registry refuses. */
  private static <T> T given(Given<T> what) throws IOException {
    try {
      return what.get();
    } catch (CancelledException e) {
      throw e;
    } catch (BuildException e) {
      throw new LostLayerException(e);
    }
  }

  private static final class LayerStream extends FilterInputStream {
    LayerStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return given(super::read);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return given(() -> in.read(buffer, offset, length));
    }
  }

  private Repository repository() {
    return resources.registries.repository(name);
  }

  private Map<CacheKey, SharedStep> steps() {
    CacheDocument known = document();
    return known == null ? Map.of() : known.steps();
  }

  /** What the registry holds under the name; null if that is nothing to be used. */
  private synchronized @Nullable CacheDocument document() {
    if (!loaded) {
      document = load();
      loaded = true;
    }
    return document;
  }

  private @Nullable CacheDocument load() {
    Tasks.Task task =
        resources.tasks.start(
            TaskKind.PULL, "internal", 0, 0, "import cache from " + name.familiar());
    try {
      CacheDocument read = read();
      for (Descriptor layer : read.manifest().layers()) {
        resources.images.noteOrigin(layer.digest(), name);
      }
      task.finish(Outcome.DONE, Quantity.of(read.steps().size(), "step"));
      return read;
    } catch (CancelledException e) {
      task.finish(Outcome.CANCELLED, null);
      throw e;
    } catch (BuildException e) {
      String reason = e.getMessage();
      task.finish(Outcome.DONE, "not used");
      warnings.accept(
          Diagnostic.warning("cache " + name.familiar() + " is not used: " + reason, null));
      return null;
    }
  }

  private CacheDocument read() {
    Repository.Document found =
        repository()
            .find(name.identifier())
            .orElseThrow(() -> new OciException("the registry has nothing under this name"));
    if (!found.descriptor().mediaType().isManifest()) {
      throw new OciException("it is an index, as of an image or of another program's cache");
    }
    Manifest manifest = Manifest.parse(found.bytes(), found.descriptor().mediaType());
    if (!manifest.config().mediaType().equals(CacheDocument.CONFIG)) {
      throw new OciException(
          "it is an image or another program's cache: " + manifest.config().mediaType());
    }
    return CacheDocument.parse(manifest, repository().document(manifest.config()));
  }
}
