package dev.slipway.session.output;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.BuildResult.LayerShare;
import dev.slipway.CacheTarget;
import dev.slipway.OutputSpec;
import dev.slipway.assemble.Annotations;
import dev.slipway.assemble.Annotations.Place;
import dev.slipway.assemble.ImageAssembler;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.execute.BuildCourse;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.ExportedImages.ImageWithLayers;
import dev.slipway.export.Exporter;
import dev.slipway.export.OfferedLayer;
import dev.slipway.layer.Compression;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.plan.Step;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.RegistryClient;
import dev.slipway.session.input.SourceDate;
import dev.slipway.session.request.RequestedPlans;
import dev.slipway.snapshot.BlobFormat;
import dev.slipway.tree.FileTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The outputs of a build while it runs: sessions that take layers early and write at the end. */
public final class Outputs implements AutoCloseable {
  private static final OutputPlan.ImageForm KEPT =
      new OutputPlan.ImageForm(BlobFormat.of(Compression.GZIP), false, Map.of());

  private final List<Session> sessions = new ArrayList<>();
  private final List<OutputPlan> plans;
  private final PendingBlobs blobs = new PendingBlobs();
  private final boolean limited;
  private final Map<Digest, FileTree> trees = new HashMap<>();

  private record Session(OutputPlan plan, Exporter exporter) {
    boolean writes(BlobFormat format) {
      return plan.form() != null && plan.form().format().equals(format);
    }
  }

  private Outputs(List<OutputPlan> plans, boolean limited) {
    this.plans = plans;
    this.limited = limited;
  }

  public static Outputs open(
      BuildRequest request,
      List<ImageReference> names,
      Optional<Long> sourceDateEpoch,
      RegistryClient registries,
      BuildCourse course) {
    List<OutputPlan> plans = new ArrayList<>();
    boolean dated =
        sourceDateEpoch.isPresent() || request.buildArgs().containsKey(SourceDate.ARGUMENT);
    for (OutputSpec spec : request.outputs()) {
      plans.add(OutputPlan.of(spec, names, sourceDateEpoch, dated));
    }
    Outputs outputs = new Outputs(plans, request.checks().limits().areSet());
    Exporters exporters = new Exporters(registries, course, outputs::treeOf);
    for (OutputPlan plan : plans) {
      outputs.sessions.add(new Session(plan, exporters.open(plan)));
    }
    return outputs;
  }

  /**
   * How the image is to be written. There is one form even if no output needs an image, where the
   * image is kept in the store or has limits to keep to.
   */
  Set<OutputPlan.ImageForm> forms() {
    Set<OutputPlan.ImageForm> forms = new LinkedHashSet<>();
    for (OutputPlan plan : plans) {
      if (plan.form() != null) {
        forms.add(plan.form());
      }
    }
    if (plans.isEmpty() || forms.isEmpty() && limited) {
      forms.add(KEPT);
    }
    return forms;
  }

  Set<BlobFormat> formats() {
    Set<BlobFormat> formats = new LinkedHashSet<>();
    forms().forEach(form -> formats.add(form.format()));
    return formats;
  }

  /** How layers are written for a cache: as for the image, unless it says otherwise. */
  public BlobFormat cacheFormat(CacheTarget target) {
    OutputPlan.ImageForm form = forms().stream().findFirst().orElse(KEPT);
    Compression own = form.format().compression();
    Compression compression = target.compression().orElse(own);
    int level = compression == own ? form.format().level() : compression.defaultLevel();
    return new BlobFormat(compression, level, Optional.empty(), false);
  }

  /** The layers that are being written. */
  PendingBlobs blobs() {
    return blobs;
  }

  /** Tells the sessions that write layers in this form of one that is being made. */
  void expectLayer(BlobFormat format) {
    for (Session session : sessions) {
      if (session.writes(format)) {
        session.exporter().expectLayer();
      }
    }
  }

  /** Hands a layer to the sessions that write it in this form. */
  public void offer(OfferedLayer layer, BlobFormat format) {
    for (Session session : sessions) {
      if (session.writes(format)) {
        session.exporter().offer(layer);
      }
    }
  }

  public BuildResult write(
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
      ExportResult result =
          session
              .exporter()
              .commit(exported(images, assembler, request, form == null ? KEPT : form));
      result.notices().forEach(notice -> warnings.add(Diagnostic.warning(notice, null)));
      written.add(new BuildResult.WrittenOutput(session.plan().spec(), result.where()));
    }
    if (made.isEmpty()) {
      return new BuildResult(null, List.of(), written, warnings, null);
    }
    // The forms differ in how they are compressed: the first stands for all.
    Map.Entry<OutputPlan.ImageForm, List<ImageWithLayers>> first =
        made.entrySet().iterator().next();
    List<BuildResult.PlatformImage> images = new ArrayList<>();
    for (int i = 0; i < first.getValue().size(); i++) {
      Image image = first.getValue().get(i).image();
      images.add(
          new BuildResult.PlatformImage(
              image.platform(), image, shares(executed.get(i), image), "", List.of()));
    }
    Descriptor root = exported(first.getValue(), assembler, request, first.getKey()).root();
    return new BuildResult(root, images, written, warnings, null);
  }

  /** What the layers of a stage, squashed or not, add to its image. */
  private static List<LayerShare> shares(ExecutedStage stage, Image image) {
    List<LayerShare> shares = new ArrayList<>();
    int layers = image.manifest().layers().size();
    int squashed = stage.layers().size() - layers;
    int plain = squashed > 0 ? layers - 1 : layers;
    for (int i = 0; i < plain; i++) {
      Step step = stage.layers().get(i).step();
      SourceSpan span = step == null ? null : step.span();
      shares.add(
          new LayerShare(
              span == null ? 0 : span.line(),
              step == null ? "" : step.title(),
              image.manifest().layers().get(i).size()));
    }
    if (squashed > 0) {
      shares.add(
          new LayerShare(
              0,
              "squash of " + (squashed + 1) + " layers",
              image.manifest().layers().get(plain).size()));
    }
    return shares;
  }

  /** Stands for images of which only the files are written: no layer is made a blob for them. */
  public List<ImageWithLayers> filesOnly(List<ExecutedStage> executed, ImageAssembler assembler) {
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
      OutputPlan.ImageForm form) {
    boolean hasIndex = images.size() > 1 || RequestedPlans.hasIndex(request);
    Annotations annotations = annotations(request, form, hasIndex);
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
        assembler.index(manifests, annotations.at(Place.INDEX, null), form.docker()),
        images,
        annotations.at(Place.INDEX_DESCRIPTOR, null));
  }

  /** An output's own, and those of the request, which count more. */
  static Annotations annotations(
      BuildRequest request, OutputPlan.ImageForm form, boolean hasIndex) {
    Map<String, String> all = new LinkedHashMap<>(form.annotations());
    request
        .image()
        .annotations()
        .forEach(
            (name, value) -> {
              all.remove(name);
              all.put(name, value);
            });
    return Annotations.of(all, hasIndex);
  }

  /** Waits for blobs that are still being written, so that nothing goes on after the build. */
  @Override
  public void close() {
    for (Session session : sessions) {
      session.exporter().close();
    }
    blobs.close();
  }
}
