package dev.slipway.session.findings;

import dev.slipway.BuildResult;
import dev.slipway.CheckOptions;
import dev.slipway.FixMode;
import dev.slipway.HygieneMode;
import dev.slipway.RepairedDockerfile;
import dev.slipway.StartCheckMode;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.diagnostic.Severity;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.export.ExportedImages.ImageWithLayers;
import dev.slipway.inspect.InspectException;
import dev.slipway.inspect.account.ImageAccount;
import dev.slipway.inspect.account.ImageLimits;
import dev.slipway.inspect.account.LayerOrigins;
import dev.slipway.inspect.hygiene.HygieneFinding;
import dev.slipway.inspect.start.StartFinding;
import dev.slipway.inspect.start.StartVerdicts.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is thought of the images of a build before they are written, an image a platform. */
public final class ImageFindings {
  private final CheckOptions checks;
  private final HygieneChecks hygieneChecks;
  private final List<CheckedImage> images;
  private final Consumer<Diagnostic> warnings;
  private final List<Verdict> verdicts;
  private final List<List<HygieneFinding>> hygiene = new ArrayList<>();

  /**
   * @param verdicts of the start check, one an image
   */
  public ImageFindings(
      CheckOptions checks,
      List<Verdict> verdicts,
      HygieneChecks hygieneChecks,
      List<CheckedImage> images,
      Consumer<Diagnostic> warnings) {
    this.checks = checks;
    this.hygieneChecks = hygieneChecks;
    this.images = images;
    this.warnings = warnings;
    this.verdicts = verdicts;
  }

  /**
   * What a Dockerfile lacks.
   *
   * @param stage to which lines have to be added
   * @param changedLines whose files have to become executable
   */
  public record Missing(int stage, List<String> lines, List<Integer> changedLines) {}

  /** What has to be changed before it is built again; null for nothing. */
  public @Nullable Missing missing(FixMode mode, RepairedDockerfile repaired) {
    List<String> lines = missingLines(repaired.lines(), mode);
    List<Integer> known = new ArrayList<>();
    repaired.changed().forEach(each -> known.add(each.line()));
    Set<Integer> changed = new TreeSet<>();
    for (int i = 0; i < verdicts.size(); i++) {
      changed.addAll(linesWithoutMode(verdicts.get(i), images.get(i).target(), known));
    }
    return lines.isEmpty() && changed.isEmpty()
        ? null
        : new Missing(images.get(0).target().stage().id(), lines, List.copyOf(changed));
  }

  /**
   * What is to be added to the Dockerfile so that the command can be started.
   *
   * @param added what was added already, and did not do
   * @throws InspectException if the images of several platforms need different lines
   */
  private List<String> missingLines(List<String> added, FixMode mode) {
    Set<List<String>> wanted = new LinkedHashSet<>();
    for (Verdict verdict : verdicts) {
      Set<String> lines = new LinkedHashSet<>();
      for (StartFinding finding : verdict.findings()) {
        if (finding.certain() || mode == FixMode.HINTS) {
          lines.addAll(finding.repair());
        }
      }
      lines.removeAll(added);
      wanted.add(List.copyOf(lines));
    }
    if (wanted.size() > 1) {
      throw new InspectException(
          "the images of the platforms need different lines to start",
          "one Dockerfile cannot have them all: link statically, or use a base",
          null);
    }
    return wanted.isEmpty() ? List.of() : wanted.iterator().next();
  }

  /**
   * The lines of the Dockerfile whose file has to become executable.
   *
   * @param changed those that were changed already
   */
  private static List<Integer> linesWithoutMode(
      Verdict verdict, ExecutedStage target, List<Integer> changed) {
    Set<Integer> lines = new TreeSet<>();
    for (StartFinding finding : verdict.findings()) {
      if (finding.unexecutable() != null) {
        lines.add(ModeRepair.of(finding.unexecutable(), target).line());
      }
    }
    lines.remove(0);
    lines.removeAll(changed);
    return List.copyOf(lines);
  }

  /**
   * Tells what was found.
   *
   * @throws DiagnosticsException if an image is not as was asked for
   */
  public void judge() {
    List<Diagnostic> errors = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      CheckedImage image = images.get(i);
      hygiene.add(hygieneChecks.findings(image));
      errors.addAll(judge(verdicts.get(i), hygiene.get(i)));
      errors.addAll(overLimits(image.built()));
    }
    if (!errors.isEmpty()) {
      throw new DiagnosticsException(errors);
    }
  }

  /**
   * Warns of what keeps an image from starting, and what it should not ship.
   *
   * @return what of it the request says is an error
   */
  private List<Diagnostic> judge(Verdict verdict, List<HygieneFinding> problems) {
    List<Diagnostic> errors = new ArrayList<>();
    for (StartFinding finding : verdict.findings()) {
      boolean fatal = finding.certain() && checks.startCheck() == StartCheckMode.ERROR;
      Diagnostic diagnostic = finding.toDiagnostic(fatal ? Severity.ERROR : Severity.WARNING);
      if (fatal) {
        errors.add(diagnostic);
      } else {
        warnings.accept(diagnostic);
      }
    }
    for (HygieneFinding finding : problems) {
      if (finding.kind().isProblem()) {
        if (checks.hygiene() == HygieneMode.ERROR) {
          errors.add(finding.toDiagnostic(Severity.ERROR));
        } else {
          warnings.accept(finding.toDiagnostic(Severity.WARNING));
        }
      }
    }
    return errors;
  }

  private List<Diagnostic> overLimits(ImageWithLayers image) {
    ImageLimits limits = checks.limits();
    if (!limits.needsAccount()) {
      return limits.check(image.image());
    }
    try (BuiltImage built = new BuiltImage(image)) {
      return limits.check(ImageAccount.read(built, image.image(), LayerOrigins.UNKNOWN));
    } catch (IOException e) {
      throw new InspectException(
          "cannot read the image that was built: " + FileRefusal.reason(e), null, e);
    }
  }

  /** The result with what was judged, and advice on the tags that were pushed. */
  public BuildResult in(BuildResult result) {
    List<List<HygieneFinding>> advised = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      List<HygieneFinding> all = new ArrayList<>(hygiene.get(i));
      all.addAll(PushedTags.advice(result.outputs(), images.get(i).image()));
      advised.add(all);
    }
    return result.withVerdicts(verdicts, advised);
  }
}
