package dev.slipway.session;

import dev.slipway.BuildRequest;
import dev.slipway.CheckResult;
import dev.slipway.context.IgnoreFileException;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.Severity;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.lint.Outline;
import dev.slipway.oci.Platform;
import dev.slipway.parse.DockerfileParser;
import dev.slipway.parse.ParseResult;
import dev.slipway.plan.BuildPlan;
import dev.slipway.progress.CancelledException;
import dev.slipway.resolve.ResolveRequest;
import dev.slipway.resolve.Resolver;
import dev.slipway.session.findings.DockerfileFindings;
import dev.slipway.session.findings.LenientImages;
import dev.slipway.session.input.SessionInputs;
import dev.slipway.session.request.HostPlatform;
import dev.slipway.session.request.RequestedPlans;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the Dockerfile of a request without building it. */
final class DockerfileInspection {
  private final SessionResources resources;
  private final BuildRequest request;
  private final Platform host;

  DockerfileInspection(SessionResources resources) {
    this.resources = resources;
    this.request = resources.request;
    this.host = HostPlatform.of(resources.settings.architecture());
  }

  CheckResult check() {
    try (SessionInputs inputs = resources.openInputs()) {
      ParseResult read =
          DockerfileParser.read(inputs.dockerfile().name(), inputs.dockerfile().bytes());
      DockerfileFindings findings = findings(read.dockerfile(), inputs);
      if (read.errors().isEmpty()) {
        return check(read.dockerfile(), findings, inputs);
      }
      return new CheckResult(findings.above(read.errors()), read.errors());
    } catch (IgnoreFileException e) {
      // It goes with the Dockerfile, and a build would stop at it.
      return new CheckResult(List.of(), e.diagnostics());
    }
  }

  private CheckResult check(
      Dockerfile dockerfile, DockerfileFindings findings, SessionInputs inputs) {
    List<Diagnostic> errors = new ArrayList<>();
    List<BuildPlan> plans = new ArrayList<>();
    for (ResolveRequest each : RequestedPlans.of(request, host)) {
      BuildPlan plan = plan(dockerfile, each, inputs, errors);
      if (plan != null) {
        plans.add(plan);
      }
    }
    List<Diagnostic> warnings = new ArrayList<>();
    for (Diagnostic finding : plans.isEmpty() ? findings.withoutPlan() : findings.of(plans)) {
      (finding.severity() == Severity.ERROR ? errors : warnings).add(finding);
    }
    return new CheckResult(warnings, errors);
  }

  /** A plan as far as bases can be had; null where something else is wrong. */
  private @Nullable BuildPlan plan(
      Dockerfile dockerfile, ResolveRequest asked, SessionInputs inputs, List<Diagnostic> errors) {
    LenientImages images = new LenientImages(resources.images);
    Resolver resolver = new Resolver(images, inputs.named(), DockerfileParser::parseTriggers);
    while (true) {
      int missing = images.missing();
      try {
        return asked.target().isEmpty()
            ? resolver.resolveAll(dockerfile, asked)
            : resolver.resolve(dockerfile, asked);
      } catch (CancelledException e) {
        throw e;
      } catch (BuildException e) {
        for (Diagnostic error : e.diagnostics()) {
          if (!errors.contains(error)) {
            errors.add(error);
          }
        }
        if (images.missing() == missing) {
          return null;
        }
      }
    }
  }

  Outline outline() {
    try (SessionInputs inputs = resources.openInputs()) {
      Dockerfile dockerfile = parse(inputs);
      return Outline.of(
          dockerfile,
          Resolver.target(dockerfile, request.target()),
          findings(dockerfile, inputs).inputs());
    }
  }

  List<Outline.Target> targets() {
    try (SessionInputs inputs = resources.openInputs()) {
      return Outline.targets(parse(inputs));
    }
  }

  private static Dockerfile parse(SessionInputs inputs) {
    return DockerfileParser.parse(inputs.dockerfile().name(), inputs.dockerfile().bytes());
  }

  private DockerfileFindings findings(Dockerfile dockerfile, SessionInputs inputs) {
    return new DockerfileFindings(dockerfile, request, host, inputs.dockerfile().ignore());
  }
}
