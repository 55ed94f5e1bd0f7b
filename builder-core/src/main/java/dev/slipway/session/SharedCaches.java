package dev.slipway.session;

import dev.slipway.CacheLocation;
import dev.slipway.CacheTarget;
import dev.slipway.cache.BuildCache;
import dev.slipway.cache.CacheBackend;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.layer.LayerException;
import dev.slipway.progress.CancelledException;
import dev.slipway.reference.ImageReference;
import dev.slipway.session.output.ExecutedPlan;
import dev.slipway.session.output.Outputs;
import dev.slipway.snapshot.SnapshotException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The caches of other machines that a build reads and writes, beside the one of this machine. */
final class SharedCaches {
  private final List<CachePlace> targets = new ArrayList<>();
  private final SessionResources resources;
  private final Consumer<Diagnostic> warnings;
  private final BuildCache cache;

  /**
   * @param warnings hears of caches that cannot be used
   * @throws BuildException if one has no name that registries know
   */
  SharedCaches(SessionResources resources, Consumer<Diagnostic> warnings) {
    this.resources = resources;
    this.warnings = warnings;
    List<CacheBackend> sources = new ArrayList<>();
    for (CacheLocation location : resources.request.reuse().cacheFrom()) {
      sources.add(new SharedCache(resources, place(location), warnings));
    }
    for (CacheTarget target : resources.request.reuse().cacheTo()) {
      if (target.location() instanceof CacheLocation.InRegistry registry
          && parse(registry).digest() != null) {
        throw new BuildException("a cache cannot be written under a digest: " + registry.name());
      }
      targets.add(place(target.location()));
    }
    this.cache = new BuildCache(resources.store.facts(), sources);
  }

  private CachePlace place(CacheLocation location) {
    if (location instanceof CacheLocation.InDirectory in) {
      return new DirectoryPlace(in.directory(), in.tag(), resources.cancellation);
    }
    return new RegistryPlace(resources, parse((CacheLocation.InRegistry) location));
  }

  private static ImageReference parse(CacheLocation.InRegistry location) {
    return ImageReference.parse(location.name()).withDefaultTag();
  }

  /** All caches as one. */
  BuildCache cache() {
    return cache;
  }

  /**
   * Whether a build may have failed because a layer of a cache cannot be had or read, and would not
   * have without it.
   */
  boolean mayHaveCaused(BuildException failure) {
    boolean used = cache.used().values().stream().anyMatch(record -> record.blob() != null);
    if (!used || failure instanceof CancelledException) {
      return false;
    }
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SnapshotException
          || each instanceof LayerException
          || each instanceof LostLayerException) {
        return true;
      }
    }
    return false;
  }

  /**
   * Writes what was done where it is to go.
   *
   * @throws BuildException if a place refuses, and that is not to be passed over
   */
  void write(List<ExecutedPlan> executed, Outputs outputs, List<ImageReference> pushed) {
    for (int i = 0; i < targets.size(); i++) {
      CacheTarget target = resources.request.reuse().cacheTo().get(i);
      try {
        new CacheWriter(resources, cache, target, targets.get(i), pushed)
            .write(executed, outputs.cacheFormat(target));
      } catch (CancelledException e) {
        throw e;
      } catch (BuildException e) {
        if (!target.mayFail()) {
          throw e;
        }
        warnings.accept(
            Diagnostic.warning(
                "cache " + targets.get(i).familiar() + " is not written: " + e.getMessage(), null));
      }
    }
  }
}
