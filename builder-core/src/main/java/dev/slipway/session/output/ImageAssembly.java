package dev.slipway.session.output;

import dev.slipway.BuildRequest;
import dev.slipway.assemble.Annotations;
import dev.slipway.assemble.AssembledLayer;
import dev.slipway.assemble.ImageAssembler;
import dev.slipway.assemble.LayerSquash;
import dev.slipway.execute.BuildCourse;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.export.ExportedImages.ImageWithLayers;
import dev.slipway.export.OfferedLayer;
import dev.slipway.oci.Image;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.session.input.ImageCatalog;
import dev.slipway.session.request.RequestedPlans;
import dev.slipway.snapshot.BlobFormat;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.LayerBlob;
import dev.slipway.snapshot.LayerBlobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes images of executed stages: their layers as blobs, as far as they are not squashed. */
public final class ImageAssembly {
  private static final String REWRITTEN = "buildkit/rewritten-timestamp";

  private final Outputs outputs;
  private final LayerBlobs blobs;
  private final ImageCatalog images;
  private final BuildCourse course;
  private final BuildRequest request;

  /**
   * @param images knows which repositories have a layer already
   */
  public ImageAssembly(
      BuildRequest request,
      Outputs outputs,
      LayerBlobs blobs,
      ImageCatalog images,
      BuildCourse course) {
    this.outputs = outputs;
    this.blobs = blobs;
    this.images = images;
    this.course = course;
    this.request = request;
    for (OutputPlan.ImageForm form : outputs.forms()) {
      // One without a place is told before anything is built.
      annotations(form);
    }
  }

  private Annotations annotations(OutputPlan.ImageForm form) {
    return Outputs.annotations(request, form, RequestedPlans.hasIndex(request));
  }

  /** Writes a finished layer as a blob while the steps after it run, if it is sure to stay. */
  public void offer(ExecutedLayer layer, SquashBoundary boundary) {
    if (boundary.surelyKeeps(layer)) {
      for (BlobFormat format : outputs.formats()) {
        offer(layer.layer(), format);
      }
    }
  }

  private void offer(Layer layer, BlobFormat format) {
    CompletableFuture<LayerBlob> blob = new CompletableFuture<>();
    if (outputs.blobs().add(layer, format, blob)) {
      Runnable anew = () -> outputs.expectLayer(format);
      blob.completeAsync(() -> blobs.of(layer, format, anew), course.executor());
      blob.thenAccept(made -> outputs.offer(offered(made), format));
    }
  }

  private OfferedLayer offered(LayerBlob blob) {
    return new OfferedLayer(
        blob.descriptor(), blob.content(), images.origin(blob.descriptor().digest()));
  }

  /** The images, one a plan, in each form that is to be written. */
  public Map<OutputPlan.ImageForm, List<ImageWithLayers>> assemble(
      ImageAssembler assembler, List<ExecutedPlan> executed) {
    Map<OutputPlan.ImageForm, List<ImageWithLayers>> made = new LinkedHashMap<>();
    for (OutputPlan.ImageForm form : outputs.forms()) {
      List<ImageWithLayers> images = new ArrayList<>();
      for (ExecutedPlan one : executed) {
        images.add(assemble(assembler, one.target(), one.boundary(), form));
      }
      made.put(form, images);
    }
    return made;
  }

  private ImageWithLayers assemble(
      ImageAssembler assembler,
      ExecutedStage stage,
      SquashBoundary boundary,
      OutputPlan.ImageForm form) {
    List<ExecutedLayer> layers = stage.layers();
    int kept = kept(layers, boundary, form.format());
    List<AssembledLayer> assembled = new ArrayList<>();
    for (ExecutedLayer layer : layers.subList(0, kept)) {
      LayerBlob blob = blob(layer.layer(), form.format());
      assembled.add(
          AssembledLayer.of(
              layer.step() == null ? blob : redated(blob, form.format()), layer.created()));
    }
    if (kept < layers.size()) {
      assembled.add(squash(layers, kept, form.format()));
    }
    Image image =
        assembler.assemble(
            stage.stage().config(),
            assembled,
            annotations(form).at(Annotations.Place.MANIFEST, stage.stage().platform()),
            form.docker());
    List<OfferedLayer> offered = new ArrayList<>();
    for (int i = 0; i < assembled.size(); i++) {
      OfferedLayer layer = offered(assembled.get(i).blob());
      offered.add(
          new OfferedLayer(image.manifest().layers().get(i), layer.content(), layer.origin()));
    }
    return new ImageWithLayers(image, offered);
  }

  /** As BuildKit does, the descriptor tells that times were changed. */
  private static LayerBlob redated(LayerBlob blob, BlobFormat format) {
    return format.latestTime().isEmpty()
        ? blob
        : new LayerBlob(
            blob.descriptor().withAnnotation(REWRITTEN, format.latestTime().get().toString()),
            blob.diffId(),
            blob.content());
  }

  /** How many layers stay, from the lowest; all where only one would be squashed. */
  private int kept(List<ExecutedLayer> layers, SquashBoundary boundary, BlobFormat format) {
    int kept = 0;
    if (boundary.endsAtDigest()) {
      while (kept < layers.size() && !boundary.isLast(blob(layers.get(kept).layer(), format))) {
        kept++;
      }
      if (kept++ == layers.size()) {
        throw boundary.noSuchLayer();
      }
    } else {
      while (kept < layers.size() && boundary.surelyKeeps(layers.get(kept))) {
        kept++;
      }
    }
    return layers.size() - kept == 1 ? layers.size() : kept;
  }

  private LayerBlob blob(Layer layer, BlobFormat format) {
    offer(layer, format);
    return outputs.blobs().await(layer, format);
  }

  private AssembledLayer squash(List<ExecutedLayer> layers, int kept, BlobFormat format) {
    List<Layer> below = new ArrayList<>();
    List<Layer> merged = new ArrayList<>();
    List<Optional<Instant>> created = new ArrayList<>();
    for (ExecutedLayer layer : layers) {
      if (below.size() < kept) {
        below.add(layer.layer());
      } else {
        merged.add(layer.layer());
        created.add(Optional.ofNullable(layer.created()));
      }
    }
    return course
        .tasks()
        .perform(
            TaskKind.LAYER,
            "",
            "squash " + merged.size() + " layers into one",
            () -> {
              LayerBlob blob = new LayerSquash(blobs).squash(below, merged, format);
              outputs.offer(offered(blob), format);
              return new AssembledLayer(blob, created);
            });
  }
}
