package dev.slipway.session;

import dev.slipway.BuildRequest;
import dev.slipway.RepairedDockerfile;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.diagnostic.Severity;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.oci.Platform;
import dev.slipway.parse.DockerfileParser;
import dev.slipway.parse.ParseResult;
import dev.slipway.plan.BuildPlan;
import dev.slipway.resolve.ResolveRequest;
import dev.slipway.resolve.Resolver;
import dev.slipway.session.findings.DockerfileFindings;
import dev.slipway.session.findings.ForeignFrontend;
import dev.slipway.session.findings.UnknownStages;
import dev.slipway.session.findings.UnusedBuildArgs;
import dev.slipway.session.input.SessionInputs;
import dev.slipway.session.input.SourceDate;
import dev.slipway.session.request.HostPlatform;
import dev.slipway.session.request.RequestedPlans;
import dev.slipway.session.request.RequestedSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The first half of a build: from the text of a Dockerfile to a plan a platform. */
final class DockerfilePlanning {
  private final SessionResources resources;
  private final BuildRequest request;
  private final RequestedSettings requested;
  private final SessionInputs inputs;
  private final Platform host;
  private final Consumer<Diagnostic> warnings;

  /**
   * @param warnings hears what does not stop the build
   */
  DockerfilePlanning(
      SessionResources resources,
      RequestedSettings requested,
      SessionInputs inputs,
      Consumer<Diagnostic> warnings) {
    this.resources = resources;
    this.request = resources.request;
    this.requested = requested;
    this.inputs = inputs;
    this.host = HostPlatform.of(resources.settings.architecture());
    this.warnings = warnings;
  }

  /**
   * A Dockerfile that was read.
   *
   * @param requested with the date that its arguments say
   * @param plans makes a plan a platform; what lint finds is told then
   */
  record Planning(RequestedSettings requested, Supplier<List<BuildPlan>> plans) {}

  /**
   * Reads a Dockerfile. One that lines were added to is not warned of again.
   *
   * @throws DiagnosticsException if it has syntax errors
   */
  Planning read(RepairedDockerfile text) {
    ParseResult read = DockerfileParser.read(text.name(), text.bytes());
    Dockerfile dockerfile = read.dockerfile();
    if (!read.errors().isEmpty()) {
      findings(dockerfile).above(read.errors()).forEach(warnings);
      throw new DiagnosticsException(read.errors());
    }
    if (request.reuse().noCache()) {
      expectCommand(dockerfile); // no file need be looked at
    } else {
      CompletableFuture.runAsync(() -> expectCommand(dockerfile), resources.executor);
    }
    Resolver resolver =
        new Resolver(resources.images, inputs.named(), DockerfileParser::parseTriggers);
    return planning(dockerfile, resolver, text.isUnchanged());
  }

  /** The worker takes as long to start as the base image to be looked up and read. */
  private void expectCommand(Dockerfile dockerfile) {
    if (new CommandForecast(request, dockerfile, inputs.context()).isLikely()) {
      resources.sandbox.worker();
    }
  }

  /** With a request a platform, once it is known when the sources were changed. */
  private Planning planning(Dockerfile dockerfile, Resolver resolver, boolean first) {
    List<ResolveRequest> wanted = RequestedPlans.of(request, host);
    String said = Resolver.globalArgument(dockerfile, wanted.get(0), SourceDate.ARGUMENT);
    if (said == null || said.isEmpty()) {
      return new Planning(requested, () -> plans(dockerfile, wanted, resolver, first));
    }
    SourceDate date =
        new SourceDate(inputs, resolver, resources.fetcher, resources.work, resources.cancellation);
    Optional<Long> seconds = date.of(said, dockerfile, wanted.get(0));
    String value = seconds.isPresent() ? seconds.get().toString() : "";
    List<ResolveRequest> dated = new ArrayList<>();
    for (ResolveRequest each : wanted) {
      dated.add(each.withBuildArg(SourceDate.ARGUMENT, value));
    }
    return new Planning(
        requested.withSourceDateEpoch(seconds), () -> plans(dockerfile, dated, resolver, first));
  }

  private DockerfileFindings findings(Dockerfile dockerfile) {
    return new DockerfileFindings(dockerfile, request, host, inputs.dockerfile().ignore());
  }

  /** A plan a platform; what lint finds is told before anything is built. */
  private List<BuildPlan> plans(
      Dockerfile dockerfile, List<ResolveRequest> wanted, Resolver resolver, boolean first) {
    DockerfileFindings findings = findings(dockerfile);
    List<BuildPlan> plans = new ArrayList<>();
    try {
      for (ResolveRequest each : wanted) {
        plans.add(resolver.resolve(dockerfile, each));
      }
    } catch (BuildException e) {
      warnings(findings.withoutPlan()).forEach(warnings);
      throw e;
    }
    if (first) {
      warnOfRequest(dockerfile, plans);
    }
    List<Diagnostic> found = findings.of(plans);
    if (first) {
      warnings(found).forEach(warnings);
    }
    List<Diagnostic> errors = new ArrayList<>(found);
    errors.removeAll(warnings(found));
    if (!errors.isEmpty()) {
      throw new DiagnosticsException(errors);
    }
    return plans;
  }

  /** Tells what was asked for and means nothing here. */
  private void warnOfRequest(Dockerfile dockerfile, List<BuildPlan> plans) {
    warnIfAny(UnusedBuildArgs.find(request.buildArgs().keySet(), dockerfile, plans));
    warnIfAny(UnknownStages.find(request.reuse().noCacheStages(), dockerfile));
    warnIfAny(ForeignFrontend.find(request, dockerfile));
  }

  private void warnIfAny(@Nullable Diagnostic warning) {
    if (warning != null) {
      warnings.accept(warning);
    }
  }

  private static List<Diagnostic> warnings(List<Diagnostic> findings) {
    List<Diagnostic> warnings = new ArrayList<>();
    for (Diagnostic finding : findings) {
      if (finding.severity() != Severity.ERROR) {
        warnings.add(finding);
      }
    }
    return warnings;
  }
}
