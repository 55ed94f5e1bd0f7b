package dev.slipway;

import dev.slipway.Annotations.Place;
import dev.slipway.assemble.ImageAssembler;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.Tasks;
import dev.slipway.export.ExportListener;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.ExportedImages.ImageWithLayers;
import dev.slipway.export.Exporter;
import dev.slipway.export.OfferedLayer;
import dev.slipway.export.OutputTarget;
import dev.slipway.export.directory.DirectoryExporter;
import dev.slipway.export.directory.TarExporter;
import dev.slipway.export.dockerarchive.DockerArchiveExporter;
import dev.slipway.export.ocilayout.OciArchiveExporter;
import dev.slipway.export.ocilayout.OciDirectoryExporter;
import dev.slipway.export.registry.RegistryExporter;
import dev.slipway.layer.Compression;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.plan.Step;
import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.BuildEvent.TaskKind;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.RegistryClient;
import dev.slipway.snapshot.BlobFormat;
import dev.slipway.snapshot.Layer;
import dev.slipway.snapshot.LayerBlob;
import dev.slipway.store.LayerId;
import dev.slipway.tree.FileTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The outputs of a build while it runs: sessions that take layers early and write at the end. */
final class Outputs implements AutoCloseable {
  private static final OutputPlan.ImageForm KEPT =
      new OutputPlan.ImageForm(BlobFormat.of(Compression.GZIP), false);

  private final List<Session> sessions = new ArrayList<>();
  private final List<OutputPlan> plans;
  private final Tasks tasks;
  private final Cancellation cancellation;
  private final Map<BlobFormat, Map<LayerId, CompletableFuture<LayerBlob>>> pending =
      new HashMap<>();
  private final Map<Digest, FileTree> trees = new HashMap<>();

  private record Session(OutputPlan plan, Exporter exporter) {
    boolean writes(BlobFormat format) {
      return plan.form() != null && plan.form().blobs().equals(format);
    }
  }

  private Outputs(List<OutputPlan> plans, Tasks tasks, Cancellation cancellation) {
    this.plans = plans;
    this.tasks = tasks;
    this.cancellation = cancellation;
  }

  static Outputs open(
      BuildRequest request,
      List<ImageReference> names,
      Optional<Long> sourceDateEpoch,
      RegistryClient registries,
      Executor executor,
      Tasks tasks,
      Cancellation cancellation) {
    List<OutputPlan> plans = new ArrayList<>();
    boolean dated =
        sourceDateEpoch.isPresent() || request.buildArgs().containsKey(SourceDate.ARGUMENT);
    for (OutputSpec spec : request.outputs()) {
      plans.add(OutputPlan.of(spec, names, sourceDateEpoch, dated));
    }
    Outputs outputs = new Outputs(plans, tasks, cancellation);
    for (OutputPlan plan : plans) {
      outputs.sessions.add(new Session(plan, outputs.exporter(plan, registries, executor)));
    }
    return outputs;
  }

  private Exporter exporter(OutputPlan plan, RegistryClient registries, Executor executor) {
    ExportListener listener = this::begin;
    return switch (plan.spec().type()) {
      case OCI ->
          plan.asDirectory()
              ? new OciDirectoryExporter(path(plan.spec()), plan.names(), listener, cancellation)
              : new OciArchiveExporter(target(plan.spec()), plan.names(), listener, cancellation);
      case DOCKER ->
          new DockerArchiveExporter(target(plan.spec()), plan.names(), listener, cancellation);
      case REGISTRY ->
          new RegistryExporter(
              registries, plan.names(), plan.byDigest(), executor, listener, cancellation);
      case LOCAL -> new DirectoryExporter(path(plan.spec()), this::treeOf, listener, cancellation);
      case TAR -> new TarExporter(target(plan.spec()), this::treeOf, listener, cancellation);
    };
  }

  private static OutputTarget target(OutputSpec spec) {
    if (spec.destination() instanceof OutputSpec.Destination.ToStream to) {
      return OutputTarget.stream(to.stream());
    }
    return OutputTarget.file(path(spec));
  }

  private static java.nio.file.Path path(OutputSpec spec) {
    if (spec.destination() instanceof OutputSpec.Destination.ToPath to) {
      return to.path();
    }
    throw new BuildException(
        "output of type "
            + spec.type().name().toLowerCase(java.util.Locale.ROOT)
            + " needs a destination",
        null,
        "add dest=PATH",
        null);
  }

  private ExportListener.Part begin(TaskKind kind, String title, long total) {
    Tasks.Task task = tasks.start(kind, "", 0, 0, title);
    return new ExportListener.Part() {
      @Override
      public void moved(long done) {
        task.progress(done, total);
      }

      @Override
      public void finished(BuildEvent.Outcome outcome, @Nullable String detail) {
        task.finish(outcome, detail);
      }
    };
  }

  /** How the image is to be written; where nobody asks for more than keeping it, one form too. */
  Set<OutputPlan.ImageForm> forms() {
    Set<OutputPlan.ImageForm> forms = new LinkedHashSet<>();
    for (OutputPlan plan : plans) {
      if (plan.form() != null) {
        forms.add(plan.form());
      }
    }
    if (plans.isEmpty()) {
      forms.add(KEPT);
    }
    return forms;
  }

  Set<BlobFormat> formats() {
    Set<BlobFormat> formats = new LinkedHashSet<>();
    forms().forEach(form -> formats.add(form.blobs()));
    return formats;
  }

  /**
   * Notes a layer that is about to be written.
   *
   * @return false if it is noted already, as a layer that several platforms share
   */
  synchronized boolean pending(Layer layer, BlobFormat format, CompletableFuture<LayerBlob> blob) {
    return pending.computeIfAbsent(format, any -> new HashMap<>()).putIfAbsent(layer.id(), blob)
        == null;
  }

  /** Hands a layer to the sessions that write it in this form. */
  void offer(OfferedLayer layer, BlobFormat format) {
    for (Session session : sessions) {
      if (session.writes(format)) {
        session.exporter().offer(layer);
      }
    }
  }

  /** Waits for the blob of a layer that was finished. */
  LayerBlob blob(Layer layer, BlobFormat format) {
    CompletableFuture<LayerBlob> blob;
    synchronized (this) {
      blob = pending.getOrDefault(format, Map.of()).get(layer.id());
    }
    if (blob == null) {
      throw new IllegalStateException("layer was not told of: " + layer.id());
    }
    try {
      return blob.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  BuildResult write(
      Map<OutputPlan.ImageForm, List<ImageWithLayers>> made,
      List<ExecutedStage> executed,
      ImageAssembler assembler,
      BuildRequest request,
      List<Diagnostic> warnings) {
    List<BuildResult.WrittenOutput> written = new ArrayList<>();
    for (Session session : sessions) {
      OutputPlan.ImageForm form = session.plan().form();
      List<ImageWithLayers> images =
          form == null ? filesOnly(executed, assembler) : made.getOrDefault(form, List.of());
      boolean docker = form != null && form.docker();
      ExportResult result = session.exporter().commit(exported(images, assembler, request, docker));
      result.notices().forEach(notice -> warnings.add(Diagnostic.warning(notice, null)));
      written.add(new BuildResult.WrittenOutput(session.plan().spec(), result.where()));
    }
    Descriptor root = null;
    List<BuildResult.PlatformImage> images = new ArrayList<>();
    for (Map.Entry<OutputPlan.ImageForm, List<ImageWithLayers>> form : made.entrySet()) {
      root = exported(form.getValue(), assembler, request, form.getKey().docker()).root();
      for (int i = 0; i < form.getValue().size(); i++) {
        Image image = form.getValue().get(i).image();
        images.add(
            new BuildResult.PlatformImage(
                image.platform(), image, shares(executed.get(i), image), "", List.of()));
      }
      break;
    }
    return new BuildResult(root, images, written, warnings, null);
  }

  private static List<BuildResult.LayerShare> shares(ExecutedStage stage, Image image) {
    List<BuildResult.LayerShare> shares = new ArrayList<>();
    int layers = image.manifest().layers().size();
    int squashed = stage.layers().size() - layers;
    int plain = squashed > 0 ? layers - 1 : layers;
    for (int i = 0; i < plain; i++) {
      Step step = stage.layers().get(i).step();
      SourceSpan span = step == null ? null : step.span();
      shares.add(
          new BuildResult.LayerShare(
              span == null ? 0 : span.line(),
              step == null ? "" : step.title(),
              image.manifest().layers().get(i).size()));
    }
    if (squashed > 0) {
      shares.add(
          new BuildResult.LayerShare(
              0,
              "squash of " + (squashed + 1) + " layers",
              image.manifest().layers().get(plain).size()));
    }
    return shares;
  }

  /** Stands for images of which only the files are written: no layer is made a blob for them. */
  private List<ImageWithLayers> filesOnly(List<ExecutedStage> executed, ImageAssembler assembler) {
    List<ImageWithLayers> images = new ArrayList<>();
    for (ExecutedStage stage : executed) {
      Image image = assembler.assemble(stage.stage().config(), List.of(), Map.of(), false);
      trees.put(image.manifest().digest(), stage.snapshot().tree());
      images.add(new ImageWithLayers(image, List.of()));
    }
    return images;
  }

  private FileTree treeOf(Image image) {
    FileTree tree = trees.get(image.manifest().digest());
    if (tree == null) {
      throw new IllegalStateException("no files of " + image);
    }
    return tree;
  }

  private static ExportedImages exported(
      List<ImageWithLayers> images,
      ImageAssembler assembler,
      BuildRequest request,
      boolean docker) {
    boolean hasIndex = images.size() > 1 || RequestedPlans.hasIndex(request);
    Annotations annotations = Annotations.of(request.annotations(), hasIndex);
    List<Descriptor> manifests = new ArrayList<>();
    for (ImageWithLayers each : images) {
      Image image = each.image();
      manifests.add(
          image
              .descriptor()
              .withAnnotations(annotations.at(Place.MANIFEST_DESCRIPTOR, image.platform())));
    }
    if (!hasIndex) {
      return new ExportedImages(null, images, manifests.get(0).annotations());
    }
    return new ExportedImages(
        assembler.index(manifests, annotations.at(Place.INDEX, null), docker),
        images,
        annotations.at(Place.INDEX_DESCRIPTOR, null));
  }

  /** Waits for blobs that are still being written, so that nothing goes on after the build. */
  @Override
  public void close() {
    List<CompletableFuture<LayerBlob>> started = new ArrayList<>();
    synchronized (this) {
      for (Map<LayerId, CompletableFuture<LayerBlob>> blobs : pending.values()) {
        started.addAll(blobs.values());
      }
    }
    for (Session session : sessions) {
      session.exporter().close();
    }
    for (CompletableFuture<LayerBlob> blob : started) {
      blob.handle((made, failure) -> "").join();
    }
  }
}
