package dev.slipway.session;

import dev.slipway.BuildRequest;
import dev.slipway.FixMode;
import dev.slipway.HygieneMode;
import dev.slipway.StartCheckMode;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.Severity;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.export.ExportedImages.ImageWithLayers;
import dev.slipway.inspect.InspectException;
import dev.slipway.inspect.account.ImageAccount;
import dev.slipway.inspect.account.ImageLimits;
import dev.slipway.inspect.account.LayerOrigins;
import dev.slipway.inspect.hygiene.HygieneFinding;
import dev.slipway.inspect.hygiene.HygieneVerdicts;
import dev.slipway.inspect.hygiene.MadeLayer;
import dev.slipway.inspect.hygiene.UnpinnedImages;
import dev.slipway.inspect.start.AtHand;
import dev.slipway.inspect.start.BaseAdvice;
import dev.slipway.inspect.start.StageTree;
import dev.slipway.inspect.start.StartCheck;
import dev.slipway.inspect.start.StartFinding;
import dev.slipway.inspect.start.StartReport;
import dev.slipway.inspect.start.StartVerdicts;
import dev.slipway.inspect.start.StartVerdicts.Verdict;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.plan.Base;
import dev.slipway.snapshot.SnapshotException;
import dev.slipway.store.FactStore;
import dev.slipway.tree.Change;
import dev.slipway.tree.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What is asked of an image before it is written: that it can start, and keeps to its limits. */
final class ImageChecks {
  /** A base image that is larger is not unpacked for a warning. */
  private static final long CHEAP_BASE = 64L << 20;

  private final BuildRequest request;
  private final ImageCatalog images;
  private final FactStore facts;
  private final StartVerdicts verdicts;
  private final Consumer<Diagnostic> warnings;

  ImageChecks(
      BuildRequest request, ImageCatalog images, FactStore facts, Consumer<Diagnostic> warnings) {
    this.request = request;
    this.images = images;
    this.facts = facts;
    this.verdicts = new StartVerdicts(facts);
    this.warnings = warnings;
  }

  /**
   * Whether the image can start.
   *
   * @param stages of the whole plan
   * @param image may have no layers, where only its files are written
   */
  Verdict verdict(ExecutedStage target, List<ExecutedStage> stages, ImageWithLayers image) {
    ContainerConfig container = image.image().config().config();
    if (request.checks().startCheck() == StartCheckMode.OFF
        || container.entrypoint().isEmpty() && container.cmd().isEmpty()) {
      return Verdict.NONE;
    }
    RepairSources sources = new RepairSources(target, stages);
    String key = verdicts.key(identity(target, image.image()), isThorough(), sources.names());
    Optional<Verdict> known = verdicts.find(key);
    if (known.isPresent()) {
      return known.get();
    }
    if (!isThorough() && !isAtHand(target)) {
      return Verdict.NONE;
    }
    try {
      Verdict verdict = check(target, image, sources.trees(images));
      verdicts.remember(key, verdict);
      return verdict;
    } catch (InspectException | SnapshotException e) {
      if (isThorough()) {
        throw e;
      }
      // The image itself is whole; not to be able to warn is no reason to have none.
      warnings.accept(e.toDiagnostic().withSeverity(Severity.WARNING));
      return Verdict.NONE;
    }
  }

  /**
   * A config names its layers, so equal configs are equal images; files alone have no such name.
   */
  private static Digest identity(ExecutedStage target, Image image) {
    if (!isFilesOnly(target, image)) {
      return image.manifest().config().digest();
    }
    byte[] config = image.config().withCreated("").withHistory(List.of()).toBytes();
    StringBuilder text = new StringBuilder("files ").append(Digest.of(config));
    for (ExecutedLayer layer : target.layers()) {
      text.append(' ').append(layer.layer().id().hex());
    }
    return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isFilesOnly(ExecutedStage target, Image image) {
    return image.manifest().layers().isEmpty() && !target.layers().isEmpty();
  }

  /** What lacks the right to be executed gets it in the line that copied it. */
  private static List<StartFinding> advised(List<StartFinding> findings, ExecutedStage target) {
    List<StartFinding> advised = new ArrayList<>();
    for (StartFinding finding : findings) {
      String path = finding.unexecutable();
      advised.add(
          path == null ? finding : finding.withAdvice(ModeRepair.of(path, target).advice()));
    }
    return advised;
  }

  private boolean isThorough() {
    return request.checks().startCheck() == StartCheckMode.ERROR
        || request.checks().fix() != FixMode.OFF;
  }

  private Verdict check(ExecutedStage target, ImageWithLayers image, List<StageTree> sources) {
    try {
      StartReport report =
          StartCheck.check(
              target.snapshot().tree(), image.image().config(), atHand(target), sources);
      return new Verdict(advised(report.findings(), target), smallerBase(target, report));
    } catch (UncheckedIOException e) {
      throw new InspectException(
          "cannot read what the image starts: " + e.getMessage(), "--start-check=off", e);
    }
  }

  /** A base that starts the command too and is smaller than that of the stage; empty for none. */
  private static String smallerBase(ExecutedStage target, StartReport report) {
    if (report.needs() == null || !report.starts()) {
      return "";
    }
    for (BaseAdvice advice : BaseAdvice.of(report.needs())) {
      if (advice.copies().isEmpty() && target.stage().base() instanceof Base.Image base) {
        boolean same = base.image().name().startsWith(advice.base());
        return same ? "" : advice.base() + " starts it too: it needs " + report.needs().describe();
      }
    }
    return "";
  }

  /** Looks into the layers of the target, which can be done before they are an image. */
  void prepareHygiene(ExecutedStage target) {
    if (request.checks().hygiene() != HygieneMode.OFF) {
      new HygieneVerdicts(facts).prepare(lookedInto(target));
    }
  }

  /** What is in the image that should not be. */
  List<HygieneFinding> hygiene(
      ExecutedStage target, List<ExecutedStage> stages, ImageWithLayers image) {
    if (request.checks().hygiene() == HygieneMode.OFF) {
      return List.of();
    }
    // Of files alone, nothing lies below another layer.
    int shipped = isFilesOnly(target, image.image()) ? 1 : image.image().manifest().layers().size();
    List<MadeLayer> layers = lookedInto(target);
    Digest identity = identity(target, image.image());
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).step() != target.layers().get(i).step()) {
        // What is remembered of a part must not count for the whole.
        identity = Digest.of((identity + " without layer " + i).getBytes(StandardCharsets.UTF_8));
      }
    }
    return new HygieneVerdicts(facts)
        .of(layers, shipped, unpinned(stages), image.image().config(), identity);
  }

  /** The layers of a target; for a warning, none is fetched from a cache. */
  private List<MadeLayer> lookedInto(ExecutedStage target) {
    List<MadeLayer> layers = new ArrayList<>();
    for (ExecutedLayer layer : target.layers()) {
      boolean left = request.checks().hygiene() != HygieneMode.ERROR && layer.layer().isElsewhere();
      layers.add(new MadeLayer(layer.layer(), left ? null : layer.step()));
    }
    return layers;
  }

  /** The images that the Dockerfile names without a digest. */
  static List<String> unpinned(List<ExecutedStage> stages) {
    return UnpinnedImages.of(stages.stream().map(ExecutedStage::stage).toList());
  }

  /**
   * Warns of what keeps an image from starting, and what it should not ship.
   *
   * @return what is so that the image is not as was asked for, limits that it does not keep to
   *     among it
   */
  List<Diagnostic> judge(Verdict verdict, List<HygieneFinding> hygiene, ImageWithLayers image) {
    List<Diagnostic> errors = new ArrayList<>();
    for (StartFinding finding : verdict.findings()) {
      boolean fatal = finding.certain() && request.checks().startCheck() == StartCheckMode.ERROR;
      Diagnostic diagnostic = finding.toDiagnostic(fatal ? Severity.ERROR : Severity.WARNING);
      if (fatal) {
        errors.add(diagnostic);
      } else {
        warnings.accept(diagnostic);
      }
    }
    for (HygieneFinding finding : hygiene) {
      if (finding.kind().isProblem()) {
        if (request.checks().hygiene() == HygieneMode.ERROR) {
          errors.add(finding.toDiagnostic(Severity.ERROR));
        } else {
          warnings.accept(finding.toDiagnostic(Severity.WARNING));
        }
      }
    }
    errors.addAll(overLimits(image));
    return errors;
  }

  /** What no step had to look into is not fetched for a warning, nor what a cache has. */
  private static boolean isAtHand(ExecutedStage target) {
    for (ExecutedLayer layer : target.layers()) {
      if (layer.step() == null ? !layer.layer().isLoaded() : layer.layer().isElsewhere()) {
        return false;
      }
    }
    return true;
  }

  /**
   * A look at a file of a base image unpacks a whole layer. For a warning that is done only where
   * it costs little, and only for what a program of the stage's own is loaded with: a base can
   * start its own programs.
   */
  private AtHand atHand(ExecutedStage target) {
    if (isThorough()) {
      return AtHand.ALL;
    }
    Set<Origin> bases = new LinkedHashSet<>();
    long cost = 0;
    for (ExecutedLayer layer : target.layers()) {
      if (layer.step() != null) {
        break;
      }
      cost += layer.layer().bytesToOpen();
      for (Change change : layer.layer().changes()) {
        if (change instanceof Change.Put put) {
          bases.add(put.entry().origin());
        }
      }
    }
    boolean cheap = cost <= CHEAP_BASE;
    return new AtHand(
        file -> !bases.contains(file.origin()), file -> cheap || !bases.contains(file.origin()));
  }

  private List<Diagnostic> overLimits(ImageWithLayers image) {
    ImageLimits limits = request.checks().limits();
    if (!limits.needsAccount()) {
      return limits.check(image.image());
    }
    try (BuiltImage built = new BuiltImage(image)) {
      return limits.check(ImageAccount.read(built, image.image(), LayerOrigins.UNKNOWN));
    } catch (IOException e) {
      throw new InspectException("cannot read the image that was built", null, e);
    }
  }
}
