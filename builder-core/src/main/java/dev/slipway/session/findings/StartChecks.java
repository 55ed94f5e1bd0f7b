package dev.slipway.session.findings;

import dev.slipway.BuildRequest;
import dev.slipway.FixMode;
import dev.slipway.StartCheckMode;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.diagnostic.Severity;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.inspect.InspectException;
import dev.slipway.inspect.start.AtHand;
import dev.slipway.inspect.start.BaseAdvice;
import dev.slipway.inspect.start.StageTree;
import dev.slipway.inspect.start.StartCheck;
import dev.slipway.inspect.start.StartFinding;
import dev.slipway.inspect.start.StartReport;
import dev.slipway.inspect.start.StartVerdicts;
import dev.slipway.inspect.start.StartVerdicts.Verdict;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.plan.Base;
import dev.slipway.session.input.ImageCatalog;
import dev.slipway.session.output.ExecutedPlan;
import dev.slipway.snapshot.SnapshotException;
import dev.slipway.store.FactStore;
import dev.slipway.tree.Change;
import dev.slipway.tree.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Asks of images, before they are written, whether they can start. */
public final class StartChecks {
  /** A base image that is larger is not unpacked for a warning. */
  private static final long CHEAP_BASE = 64L << 20;

  private final BuildRequest request;
  private final ImageCatalog images;
  private final StartVerdicts verdicts;
  private final Consumer<Diagnostic> warnings;

  /**
   * @param warnings hears of what could not be looked at
   */
  public StartChecks(
      BuildRequest request, ImageCatalog images, FactStore facts, Consumer<Diagnostic> warnings) {
    this.request = request;
    this.images = images;
    this.verdicts = new StartVerdicts(facts);
    this.warnings = warnings;
  }

  /** What there is to say with what is at hand by now. The image need not be made yet. */
  Verdict verdict(ExecutedPlan plan) {
    return find(plan).orElse(Verdict.NONE);
  }

  /** The same; empty where something is not at hand that may come before the image is made. */
  Optional<Verdict> find(ExecutedPlan plan) {
    ExecutedStage target = plan.target();
    ContainerConfig container = target.stage().config().config();
    if (request.checks().startCheck() == StartCheckMode.OFF
        || container.entrypoint().isEmpty() && container.cmd().isEmpty()) {
      return Optional.of(Verdict.NONE);
    }
    RepairSources sources = new RepairSources(target, plan.stages());
    String key = verdicts.key(CheckedImage.ofFiles(target), isThorough(), sources.names());
    Optional<Verdict> known = verdicts.find(key);
    if (known.isPresent()) {
      return known;
    }
    if (!isThorough() && !isAtHand(target)) {
      return Optional.empty();
    }
    try {
      Verdict verdict = check(target, sources.trees(images));
      verdicts.remember(key, verdict);
      return Optional.of(verdict);
    } catch (InspectException | SnapshotException e) {
      if (isThorough()) {
        throw e;
      }
      // The image itself is whole; not to be able to warn is no reason to have none.
      warnings.accept(e.toDiagnostic().withSeverity(Severity.WARNING));
      return Optional.of(Verdict.NONE);
    }
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

  private Verdict check(ExecutedStage target, List<StageTree> sources) {
    try {
      StartReport report =
          StartCheck.check(
              target.snapshot().tree(), target.stage().config(), atHand(target), sources);
      return new Verdict(advised(report.findings(), target), smallerBase(target, report));
    } catch (IOException e) {
      throw new InspectException(
          "cannot read what the image starts: " + FileRefusal.reason(e),
          "build without that check: --start-check=off",
          e);
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
}
