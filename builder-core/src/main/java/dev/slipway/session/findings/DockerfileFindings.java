package dev.slipway.session.findings;

import dev.slipway.BuildRequest;
import dev.slipway.context.IgnoreFile;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.SourceSpan;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.lint.BaseImageFacts;
import dev.slipway.lint.LintInputs;
import dev.slipway.lint.Linter;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.plan.Base;
import dev.slipway.plan.BuildPlan;
import dev.slipway.plan.PlannedStage;
import dev.slipway.reference.ImageReference;
import dev.slipway.reference.ReferenceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows a Dockerfile to the rules of lint, with what its plans tell of bases and stages. */
public final class DockerfileFindings {
  private final Dockerfile dockerfile;
  private final BuildRequest request;
  private final Platform host;
  private final IgnoreFile ignore;

  public DockerfileFindings(
      Dockerfile dockerfile, BuildRequest request, Platform host, IgnoreFile ignore) {
    this.dockerfile = dockerfile;
    this.request = request;
    this.host = host;
    this.ignore = ignore;
  }

  /** The findings of all platforms, each once, in the order of the text; errors last. */
  public List<Diagnostic> of(List<BuildPlan> plans) {
    Set<Diagnostic> findings = new LinkedHashSet<>();
    for (BuildPlan plan : plans) {
      findings.addAll(Linter.lint(dockerfile, inputs(plan)));
    }
    return inOrder(findings);
  }

  /** What can be said where a plan could not be made. */
  public List<Diagnostic> withoutPlan() {
    return Linter.lint(dockerfile, inputs());
  }

  /**
   * What can be said of a text with syntax errors.
   *
   * @param errors at least one; what is found above the first counts
   */
  public List<Diagnostic> above(List<Diagnostic> errors) {
    SourceSpan first = errors.get(0).span();
    return Linter.lintAbove(dockerfile, inputs(), first == null ? 1 : first.line());
  }

  /** For the first platform, without what only a plan can tell. */
  public LintInputs inputs() {
    return inputs(request.platforms().isEmpty() ? host : request.platforms().get(0)).build();
  }

  private LintInputs inputs(BuildPlan plan) {
    LintInputs.Builder inputs = inputs(plan.platform());
    Set<Integer> stages = new LinkedHashSet<>();
    for (PlannedStage stage : plan.stages()) {
      stages.add(stage.id());
      if (stage.base() instanceof Base.Image base) {
        inputs.base(stage.id(), facts(base.image().image().config(), stage.platform()));
      }
    }
    return inputs.stages(stages).build();
  }

  private LintInputs.Builder inputs(Platform platform) {
    return LintInputs.builder()
        .buildArgs(request.buildArgs())
        .platforms(host, platform, targetStage())
        .ignoreFile(ignore)
        .validReference(DockerfileFindings::isReference);
  }

  private String targetStage() {
    if (request.target().isPresent() || dockerfile.stages().isEmpty()) {
      return request.target().orElse("");
    }
    String last = dockerfile.stages().get(dockerfile.stages().size() - 1).name();
    return last == null ? "" : last;
  }

  private static BaseImageFacts facts(ImageConfig config, Platform expected) {
    Map<String, String> environment = new HashMap<>();
    for (String pair : config.config().env()) {
      int equals = pair.indexOf('=');
      environment.put(
          equals < 0 ? pair : pair.substring(0, equals),
          equals < 0 ? "" : pair.substring(equals + 1));
    }
    return new BaseImageFacts(
        environment, !config.config().shell().isEmpty(), config.platform(), expected);
  }

  private static boolean isReference(String text) {
    try {
      ImageReference.parse(text);
      return true;
    } catch (ReferenceException e) {
      return false;
    }
  }

  private static List<Diagnostic> inOrder(Set<Diagnostic> findings) {
    List<Diagnostic> sorted = new ArrayList<>(findings);
    sorted.sort(
        (a, b) ->
            a.severity() == b.severity()
                ? Integer.compare(start(a), start(b))
                : b.severity().compareTo(a.severity()));
    return sorted;
  }

  private static int start(Diagnostic diagnostic) {
    return diagnostic.span() == null ? 0 : diagnostic.span().start();
  }
}
