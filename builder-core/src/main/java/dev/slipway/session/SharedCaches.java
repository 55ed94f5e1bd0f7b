package dev.slipway.session;

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

/** The caches in registries that a build reads and writes, beside the one of this machine. */
final class SharedCaches {
  private final List<ImageReference> targets = new ArrayList<>();
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
    for (String name : resources.request.reuse().cacheFrom()) {
      sources.add(new RegistryCache(resources, parse(name), warnings));
    }
    for (CacheTarget target : resources.request.reuse().cacheTo()) {
      ImageReference name = parse(target.name());
      if (name.digest() != null) {
        throw new BuildException("a cache cannot be written under a digest: " + target.name());
      }
      targets.add(name);
    }
    this.cache = new BuildCache(resources.store.facts(), sources);
  }

  private static ImageReference parse(String name) {
    return ImageReference.parse(name).withDefaultTag();
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
   * @throws BuildException if a registry refuses, and that is not to be passed over
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
