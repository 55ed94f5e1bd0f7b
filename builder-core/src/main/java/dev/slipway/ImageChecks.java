package dev.slipway;

import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.diagnostic.Severity;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.export.ExportedImages.ImageWithLayers;
import dev.slipway.inspect.InspectException;
import dev.slipway.inspect.account.ImageAccount;
import dev.slipway.inspect.account.ImageLimits;
import dev.slipway.inspect.account.LayerOrigins;
import dev.slipway.inspect.start.StageTree;
import dev.slipway.inspect.start.StartCheck;
import dev.slipway.inspect.start.StartFinding;
import dev.slipway.oci.ImageConfig;
import dev.slipway.plan.FileSource;
import dev.slipway.plan.Step;
import dev.slipway.snapshot.Snapshot;
import dev.slipway.store.FactStore;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What is asked of an image before it is written: that it can start, and keeps to its limits. */
final class ImageChecks {
  private final BuildRequest request;
  private final ImageCatalog images;
  private final StartVerdicts verdicts;
  private final Consumer<Diagnostic> warnings;

  ImageChecks(
      BuildRequest request, ImageCatalog images, FactStore facts, Consumer<Diagnostic> warnings) {
    this.request = request;
    this.images = images;
    this.verdicts = new StartVerdicts(facts);
    this.warnings = warnings;
  }

  /**
   * @param stages of the whole plan
   * @throws DiagnosticsException if the image is not as was asked for
   */
  void check(ExecutedStage target, List<ExecutedStage> stages, ImageWithLayers image) {
    List<Diagnostic> errors = new ArrayList<>();
    if (request.startCheck() != StartCheckMode.OFF) {
      for (StartFinding finding : startFindings(target, stages, image)) {
        boolean fatal = finding.certain() && request.startCheck() == StartCheckMode.ERROR;
        Diagnostic diagnostic = finding.toDiagnostic(fatal ? Severity.ERROR : Severity.WARNING);
        if (fatal) {
          errors.add(diagnostic);
        } else {
          warnings.accept(diagnostic);
        }
      }
    }
    errors.addAll(overLimits(image));
    if (!errors.isEmpty()) {
      throw new DiagnosticsException(errors);
    }
  }

  private List<StartFinding> startFindings(
      ExecutedStage target, List<ExecutedStage> stages, ImageWithLayers image) {
    ImageConfig config = image.image().config();
    if (config.config().entrypoint().isEmpty() && config.config().cmd().isEmpty()) {
      return List.of();
    }
    List<StageTree> sources = sources(target, stages);
    String key =
        verdicts.key(image.image().manifest().config().digest(), request.startCheck(), sources);
    Optional<List<StartFinding>> known = verdicts.find(key);
    if (known.isPresent()) {
      return known.get();
    }
    if (request.startCheck() == StartCheckMode.WARN && !isBaseLoaded(target)) {
      return List.of();
    }
    try {
      List<StartFinding> findings =
          StartCheck.check(target.snapshot().tree(), config, atHand(target), sources);
      verdicts.remember(key, findings);
      return findings;
    } catch (UncheckedIOException e) {
      throw new InspectException(
          "cannot read what the image starts: " + e.getMessage(), "--start-check=off", e);
    }
  }

  /** What no step had to look into is not fetched for a warning. */
  private static boolean isBaseLoaded(ExecutedStage target) {
    for (ExecutedLayer layer : target.layers()) {
      if (layer.step() == null && !layer.layer().isLoaded()) {
        return false;
      }
    }
    return true;
  }

  /** A look at a file of a base image would fetch and unpack a whole layer. */
  private Predicate<RegularFile> atHand(ExecutedStage target) {
    if (request.startCheck() == StartCheckMode.ERROR) {
      return file -> true;
    }
    Set<Origin> bases = new LinkedHashSet<>();
    for (ExecutedLayer layer : target.layers()) {
      if (layer.step() != null) {
        break;
      }
      layer
          .layer()
          .changes()
          .forEach(
              change -> {
                if (change instanceof dev.slipway.tree.Change.Put put) {
                  bases.add(put.entry().origin());
                }
              });
    }
    return file -> !bases.contains(file.origin());
  }

  /** The stages before the target, the nearest first, then images that files were copied from. */
  private List<StageTree> sources(ExecutedStage target, List<ExecutedStage> stages) {
    List<StageTree> sources = new ArrayList<>();
    for (int i = stages.size() - 1; i >= 0; i--) {
      ExecutedStage stage = stages.get(i);
      if (stage.stage().id() != target.stage().id()) {
        sources.add(new StageTree(name(stage), stage.snapshot()::tree));
      }
    }
    for (Step step : target.stage().steps()) {
      for (FileSource source : step.fileSources()) {
        if (source instanceof FileSource.Image from) {
          Snapshot snapshot = images.snapshot(from.image());
          sources.add(new StageTree(from.image().name(), snapshot::tree));
        }
      }
    }
    return sources;
  }

  private static String name(ExecutedStage stage) {
    String name = stage.stage().name();
    int id = stage.stage().id();
    return name.isEmpty() || name.equals("stage-" + id) ? Integer.toString(id) : name;
  }

  private List<Diagnostic> overLimits(ImageWithLayers image) {
    ImageLimits limits = request.limits();
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
