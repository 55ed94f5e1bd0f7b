package dev.slipway.session;

import dev.slipway.CacheTarget;
import dev.slipway.cache.BuildCache;
import dev.slipway.cache.CacheDocument;
import dev.slipway.cache.CacheKey;
import dev.slipway.cache.SharedStep;
import dev.slipway.cache.StepRecord;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.execute.Tasks;
import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.progress.BuildEvent.Outcome;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.CancelledException;
import dev.slipway.reference.ImageReference;
import dev.slipway.session.output.ExecutedPlan;
import dev.slipway.snapshot.BlobFormat;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.LayerBlob;
import dev.slipway.snapshot.LayerBlobs;
import dev.slipway.store.LayerId;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the results of a build to a place: layers first, what tells of them last, so that a reader
 * finds the whole or what was there before.
 */
final class CacheWriter {
  private final SessionResources resources;
  private final BuildCache cache;
  private final CacheTarget target;
  private final CachePlace place;
  private final List<ImageReference> pushed;

  /**
   * @param pushed where the image was pushed to: its layers need not be sent again
   */
  CacheWriter(
      SessionResources resources,
      BuildCache cache,
      CacheTarget target,
      CachePlace place,
      List<ImageReference> pushed) {
    this.resources = resources;
    this.cache = cache;
    this.target = target;
    this.place = place;
    this.pushed = pushed;
  }

  /**
   * @throws BuildException if the place refuses
   */
  void write(List<ExecutedPlan> executed, BlobFormat format) {
    Tasks.Task task =
        resources.tasks.start(
            TaskKind.PUSH, "internal", 0, 0, "export cache to " + place.familiar());
    try {
      Map<LayerId, LayerBlob> blobs = blobs(executed, format);
      CacheDocument document = CacheDocument.of(steps(executed, blobs));
      boolean same =
          place.digest().filter(known -> known.equals(document.manifest().digest())).isPresent();
      if (!same) {
        place.write(document, contents(document, blobs), pushed);
      }
      task.finish(same ? Outcome.CACHED : Outcome.DONE, same ? "already there" : told(document));
    } catch (CancelledException e) {
      task.finish(Outcome.CANCELLED, null);
      throw e;
    } catch (RuntimeException e) {
      task.finish(target.mayFail() ? Outcome.DONE : Outcome.FAILED, e.getMessage());
      throw e;
    }
  }

  private static String told(CacheDocument document) {
    int bare = 0;
    for (SharedStep step : document.steps().values()) {
      bare += step.layer() == null ? 1 : 0;
    }
    String steps = Quantity.of(document.steps().size(), "step");
    return bare == 0
        ? steps
        : steps + ", " + bare + " of other stages without their files: mode=max has them";
  }

  /** The layers that go there, by their names in the store. */
  private Map<LayerId, LayerBlob> blobs(List<ExecutedPlan> executed, BlobFormat format) {
    LayerBlobs writer = resources.layerBlobs();
    Map<LayerId, LayerBlob> blobs = new LinkedHashMap<>();
    for (ExecutedPlan plan : executed) {
      boolean all = target.extent() == CacheTarget.Extent.ALL_STAGES;
      for (ExecutedStage stage : all ? plan.stages() : List.of(plan.target())) {
        for (ExecutedLayer layer : stage.layers()) {
          Optional<Layer> made = layer.layer().settled();
          if (layer.step() != null && made.isPresent()) {
            LayerBlob blob = writer.of(made.get(), format);
            blobs.put(made.get().id(), blob);
          }
        }
      }
    }
    return blobs;
  }

  private Map<CacheKey, SharedStep> steps(
      List<ExecutedPlan> executed, Map<LayerId, LayerBlob> blobs) {
    Set<LayerId> done = new HashSet<>();
    for (ExecutedPlan plan : executed) {
      for (ExecutedStage stage : plan.stages()) {
        for (ExecutedLayer layer : stage.layers()) {
          done.add(layer.layer().id());
          layer.layer().settled().ifPresent(made -> done.add(made.id()));
        }
      }
    }
    Map<CacheKey, SharedStep> steps = new HashMap<>();
    cache
        .used()
        .forEach(
            (key, record) -> {
              if (done.contains(record.layer())) {
                SharedStep step = step(record, blobs.get(record.layer()));
                steps.put(key, step);
                // What is found by content later is found by the name that it has now.
                steps.putIfAbsent(record.canonicalKey(), step);
              }
            });
    return steps;
  }

  private static SharedStep step(StepRecord record, @Nullable LayerBlob blob) {
    return new SharedStep(
        record.canonicalKey(),
        record.created(),
        blob == null ? null : new Image.Layer(blob.descriptor(), blob.diffId()));
  }

  /** All that the manifest names. */
  private static Map<Descriptor, BlobContent> contents(
      CacheDocument document, Map<LayerId, LayerBlob> layers) {
    Map<Descriptor, BlobContent> blobs = new LinkedHashMap<>();
    for (LayerBlob layer : layers.values()) {
      blobs.putIfAbsent(layer.descriptor(), layer.content());
    }
    byte[] placeholder = document.placeholder();
    if (placeholder != null) {
      blobs.put(document.manifest().layers().get(0), () -> new ByteArrayInputStream(placeholder));
    }
    byte[] config = document.config();
    blobs.put(document.manifest().config(), () -> new ByteArrayInputStream(config));
    return blobs;
  }
}
