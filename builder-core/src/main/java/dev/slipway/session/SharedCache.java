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
import dev.slipway.session.input.PulledBlob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cache that other machines write. It is read when a step is first missed here, and then known
 * for the whole build.
 */
final class SharedCache implements CacheBackend {
  private final SessionResources resources;
  private final CachePlace place;
  private final Consumer<Diagnostic> warnings;
  private @Nullable CacheDocument document;
  private boolean loaded;

  /**
   * @param warnings hears that it cannot be used
   */
  SharedCache(SessionResources resources, CachePlace place, Consumer<Diagnostic> warnings) {
    this.resources = resources;
    this.place = place;
    this.warnings = warnings;
  }

  @Override
  public String name() {
    return place.name();
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
            given(() -> place.layer(layer)),
            layer,
            "cache " + place.familiar(),
            resources.tasks,
            resources.cancellation));
  }

  /** Something that the place gives. */
  private interface Given<T> {
    T get() throws IOException;
  }

  /** Tells a cache that does not keep what it promised from all else that is refused. */
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

  private Map<CacheKey, SharedStep> steps() {
    CacheDocument known = document();
    return known == null ? Map.of() : known.steps();
  }

  /** What is there; null if that is nothing to be used. */
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
            TaskKind.PULL, "internal", 0, 0, "import cache from " + place.familiar());
    try {
      CacheDocument read = read();
      task.finish(Outcome.DONE, Quantity.of(read.steps().size(), "step"));
      return read;
    } catch (CancelledException e) {
      task.finish(Outcome.CANCELLED, null);
      throw e;
    } catch (BuildException e) {
      String reason = e.getMessage();
      task.finish(Outcome.DONE, "not used");
      warnings.accept(
          Diagnostic.warning("cache " + place.familiar() + " is not used: " + reason, null));
      return null;
    }
  }

  private CacheDocument read() {
    Manifest manifest = place.manifest();
    if (!manifest.config().mediaType().equals(CacheDocument.CONFIG)) {
      throw new OciException(
          "it is an image or another program's cache: " + manifest.config().mediaType());
    }
    return CacheDocument.parse(manifest, place.config(manifest));
  }
}
