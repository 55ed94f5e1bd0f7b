package dev.slipway;

import dev.slipway.assemble.ImageAssembler;
import dev.slipway.cache.BuildCache;
import dev.slipway.context.DockerfileText;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.diagnostic.DiagnosticsException;
import dev.slipway.diagnostic.Severity;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.dockerfile.Instruction;
import dev.slipway.dockerfile.RunInstruction;
import dev.slipway.dockerfile.Stage;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.PlanExecutor;
import dev.slipway.export.ExportedImages.ImageWithLayers;
import dev.slipway.inspect.hygiene.HygieneFinding;
import dev.slipway.inspect.start.StartVerdicts.Verdict;
import dev.slipway.oci.Platform;
import dev.slipway.parse.DockerfileParser;
import dev.slipway.parse.ParseResult;
import dev.slipway.plan.BuildPlan;
import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.BuildListener;
import dev.slipway.reference.ImageReference;
import dev.slipway.resolve.ResolveRequest;
import dev.slipway.resolve.Resolver;
import dev.slipway.sandbox.SandboxKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One build from its request to its result: the steps of the flow, one after the other. */
final class BuildSession {
  private static final RepairedDockerfile NOTHING_REPAIRED =
      new RepairedDockerfile("", new byte[0], 1, List.of(), List.of());

  private final SessionResources resources;
  private final BuilderSettings settings;
  private final BuildRequest request;
  private final BuildListener listener;
  private RequestedSettings requested;
  private boolean toldFindings;
  private final List<Diagnostic> warnings = Collections.synchronizedList(new ArrayList<>());

  BuildSession(SessionResources resources, BuildListener listener) {
    this.resources = resources;
    this.settings = resources.settings;
    this.request = resources.request;
    this.listener = listener;
    this.requested = RequestedSettings.of(request);
  }

  /** Builds; with lines added to the Dockerfile until its image starts, if that was asked for. */
  BuildResult run() {
    try (SessionInputs inputs = resources.openInputs()) {
      DockerfileText text = inputs.dockerfile();
      RepairedDockerfile repaired =
          new RepairedDockerfile(text.name(), text.bytes(), 1, List.of(), List.of());
      Attempt attempt = attempt(text.name(), text.bytes(), inputs, repaired);
      if (request.fix() == FixMode.OFF) {
        return attempt.built();
      }
      while (attempt.result() == null) {
        for (int line : attempt.changedLines()) {
          repaired = DockerfileRepair.setMode(repaired, line);
        }
        if (!attempt.missingLines().isEmpty()) {
          repaired = DockerfileRepair.add(repaired, attempt.stage(), attempt.missingLines());
        }
        toldFindings = true;
        attempt = attempt(text.name(), repaired.bytes(), inputs, repaired);
      }
      return attempt.built().withRepaired(repaired);
    }
  }

  /**
   * What came of a Dockerfile.
   *
   * @param result null where lines have to be added first
   * @param stage to which they have to be added
   * @param changedLines whose files have to become executable
   */
  private record Attempt(
      @Nullable BuildResult result,
      int stage,
      List<String> missingLines,
      List<Integer> changedLines) {
    static Attempt done(BuildResult result) {
      return new Attempt(result, 0, List.of(), List.of());
    }

    BuildResult built() {
      return Objects.requireNonNull(result);
    }
  }

  private Attempt attempt(
      String name, byte[] text, SessionInputs inputs, RepairedDockerfile repaired) {
    ParseResult read = DockerfileParser.read(name, text);
    Dockerfile dockerfile = read.dockerfile();
    if (!read.errors().isEmpty()) {
      findings(dockerfile, inputs).above(read.errors()).forEach(this::warn);
      throw new DiagnosticsException(read.errors());
    }
    if (request.noCache() && hasCommand(dockerfile)) {
      // It takes as long to start as the base image to be looked up and read.
      CompletableFuture.runAsync(resources.sandbox::worker, resources.executor);
    }
    Resolver resolver =
        new Resolver(resources.images, inputs.named(), DockerfileParser::parseTriggers);
    List<ResolveRequest> wanted = wanted(dockerfile, resolver, inputs);
    return build(() -> plans(dockerfile, wanted, resolver, inputs), inputs, repaired);
  }

  private static boolean hasCommand(Dockerfile dockerfile) {
    for (Stage stage : dockerfile.stages()) {
      for (Instruction each : stage.instructions()) {
        if (each instanceof RunInstruction) {
          return true;
        }
      }
    }
    return false;
  }

  /** A request a platform, once it is known when the sources were changed. */
  private List<ResolveRequest> wanted(
      Dockerfile dockerfile, Resolver resolver, SessionInputs inputs) {
    List<ResolveRequest> wanted =
        RequestedPlans.of(request, HostPlatform.of(settings.architecture()));
    String said = Resolver.globalArgument(dockerfile, wanted.get(0), SourceDate.ARGUMENT);
    if (said == null || said.isEmpty()) {
      return wanted;
    }
    SourceDate date =
        new SourceDate(inputs, resolver, resources.fetcher, resources.work, resources.cancellation);
    Optional<Long> seconds = date.of(said, dockerfile, wanted.get(0));
    requested = requested.withSourceDateEpoch(seconds);
    String value = seconds.isPresent() ? seconds.get().toString() : "";
    List<ResolveRequest> dated = new ArrayList<>();
    for (ResolveRequest each : wanted) {
      dated.add(each.withBuildArg(SourceDate.ARGUMENT, value));
    }
    return dated;
  }

  /** Builds what {@code source} plans. */
  BuildResult run(PlanSource source) {
    if (request.fix() != FixMode.OFF) {
      throw new BuildException("there is no Dockerfile to repair: the plan was made without one");
    }
    String said = request.buildArgs().getOrDefault(SourceDate.ARGUMENT, "");
    requested = requested.withSourceDateEpoch(SourceDate.seconds(said));
    try (SessionInputs inputs = resources.openInputs()) {
      return build(() -> plans(source), inputs, NOTHING_REPAIRED).built();
    }
  }

  private List<BuildPlan> plans(PlanSource source) {
    Platform host = HostPlatform.of(settings.architecture());
    List<BuildPlan> plans = new ArrayList<>();
    for (ResolveRequest each : RequestedPlans.of(request, host)) {
      plans.add(source.plan(each.platform().orElse(host), resources.images::resolve));
    }
    return plans;
  }

  private Attempt build(
      Supplier<List<BuildPlan>> planning, SessionInputs inputs, RepairedDockerfile repaired) {
    Attempt attempt = execute(planning, inputs, repaired);
    if (attempt.result() != null) {
      resources.layers.prune(settings.storeLimit());
    }
    return attempt;
  }

  private Attempt execute(
      Supplier<List<BuildPlan>> planning, SessionInputs inputs, RepairedDockerfile repaired) {
    Optional<Long> epoch = requested.sourceDateEpoch();
    try (Outputs outputs =
        Outputs.open(
            request,
            requested.names(),
            epoch,
            resources.registries,
            resources.executor,
            resources.tasks,
            resources.cancellation)) {
      List<BuildPlan> plans = planning.get();
      for (BuildPlan each : plans) {
        ForeignPrograms.check(each, HostPlatform.of(settings.architecture()));
      }
      if (resources.sandbox.kind() == SandboxKind.CHROOT && !toldFindings) {
        UnisolatedSteps.warning(plans).ifPresent(this::warn);
      }
      PlanExecutor plan =
          new PlanExecutor(
              resources.layers,
              new BuildCache(resources.store.facts()),
              resources.sandbox::worker,
              new BuildFiles(inputs.context(), inputs.named(), resources.images),
              resources.fetcher,
              requested.execution(
                  settings, resources.sandbox.kind().isolationClass(), resources.agents.sockets()),
              resources.executor,
              resources.tasks,
              resources.cancellation,
              this::warn);
      ImageAssembly assembly = new ImageAssembly(resources, outputs);
      List<SquashBoundary> boundaries = new ArrayList<>();
      List<List<ExecutedStage>> stages = new ArrayList<>();
      List<Supplier<ExecutedStage>> work = new ArrayList<>();
      for (BuildPlan each : plans) {
        String label = plans.size() > 1 ? each.platform().format() + " " : "";
        List<ExecutedStage> all = new ArrayList<>();
        stages.add(all);
        SquashBoundary boundary = SquashBoundary.of(request.squash(), each);
        boundaries.add(boundary);
        work.add(
            () -> plan.execute(each, label, layer -> assembly.offer(layer, boundary), all::add));
      }
      List<ExecutedStage> targets = SideBySide.all(work, resources.executor);
      List<Executed> executed = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        executed.add(new Executed(targets.get(i), stages.get(i), boundaries.get(i)));
      }
      return finish(executed, assembly, outputs, repaired);
    }
  }

  private DockerfileFindings findings(Dockerfile dockerfile, SessionInputs inputs) {
    return new DockerfileFindings(
        dockerfile,
        request,
        HostPlatform.of(settings.architecture()),
        inputs.dockerfile().ignore());
  }

  /** A plan a platform; what lint finds is told before anything is built. */
  private List<BuildPlan> plans(
      Dockerfile dockerfile, List<ResolveRequest> wanted, Resolver resolver, SessionInputs inputs) {
    Platform host = HostPlatform.of(settings.architecture());
    DockerfileFindings findings = findings(dockerfile, inputs);
    List<BuildPlan> plans = new ArrayList<>();
    try {
      for (ResolveRequest each : wanted) {
        plans.add(resolver.resolve(dockerfile, each));
      }
    } catch (BuildException e) {
      warnings(findings.withoutPlan()).forEach(this::warn);
      throw e;
    }
    if (!toldFindings) {
      warnOfRequest(dockerfile, plans);
    }
    List<Diagnostic> found = findings.of(plans);
    if (!toldFindings) {
      warnings(found).forEach(this::warn);
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
    warnIfAny(UnknownStages.find(request.noCacheStages(), dockerfile));
    warnIfAny(ForeignFrontend.find(request, dockerfile));
  }

  private void warnIfAny(@Nullable Diagnostic warning) {
    if (warning != null) {
      warn(warning);
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

  /**
   * What came of one plan.
   *
   * @param stages all that were executed
   */
  private record Executed(
      ExecutedStage target, List<ExecutedStage> stages, SquashBoundary boundary) {}

  /**
   * @param repaired what is not to be added to the Dockerfile once more
   */
  private Attempt finish(
      List<Executed> executed,
      ImageAssembly assembly,
      Outputs outputs,
      RepairedDockerfile repaired) {
    ImageAssembler assembler =
        new ImageAssembler(
            settings.clock(), requested.sourceDateEpoch().map(Instant::ofEpochSecond));
    ImageChecks checks =
        new ImageChecks(request, resources.images, resources.store.facts(), this::warn);
    // What fails here is told when the findings are asked for.
    CompletableFuture<?> prepared =
        CompletableFuture.runAsync(
                () -> executed.forEach(one -> checks.prepareHygiene(one.target())),
                resources.executor)
            .exceptionally(failure -> null);
    Map<OutputPlan.ImageForm, List<ImageWithLayers>> made = new LinkedHashMap<>();
    for (OutputPlan.ImageForm form : outputs.forms()) {
      List<ImageWithLayers> each = new ArrayList<>();
      for (Executed one : executed) {
        each.add(assembly.assemble(assembler, one.target(), one.boundary(), form));
      }
      made.put(form, each);
    }
    prepared.join();
    List<ExecutedStage> targets = new ArrayList<>();
    for (Executed one : executed) {
      targets.add(one.target());
    }
    List<ImageWithLayers> built =
        made.isEmpty() ? outputs.filesOnly(targets, assembler) : made.values().iterator().next();
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < built.size(); i++) {
      Executed one = executed.get(i);
      verdicts.add(checks.verdict(one.target(), one.stages(), built.get(i)));
    }
    if (request.fix() != FixMode.OFF) {
      Attempt again = again(verdicts, targets, repaired);
      if (again != null) {
        return again;
      }
    }
    List<List<HygieneFinding>> hygiene = new ArrayList<>();
    for (int i = 0; i < built.size(); i++) {
      Executed one = executed.get(i);
      if (!made.isEmpty()) {
        ImageOrigins.remember(resources.store, built.get(i).image(), one.target(), one.stages());
      }
      hygiene.add(checks.hygiene(one.target(), one.stages(), built.get(i)));
      checks.judge(verdicts.get(i), hygiene.get(i), built.get(i));
    }
    for (ImageReference name : requested.names()) {
      made.values().stream()
          .findFirst()
          .ifPresent(all -> all.forEach(image -> resources.images.remember(name, image.image())));
    }
    BuildResult result = outputs.write(made, targets, assembler, request, warnings);
    List<List<HygieneFinding>> advised = new ArrayList<>();
    for (int i = 0; i < built.size(); i++) {
      List<HygieneFinding> all = new ArrayList<>(hygiene.get(i));
      all.addAll(PushedTags.advice(result.outputs(), built.get(i).image()));
      advised.add(all);
    }
    return Attempt.done(result.withVerdicts(verdicts, advised));
  }

  /** What has to be changed before it is built again; null for nothing. */
  private @Nullable Attempt again(
      List<Verdict> verdicts, List<ExecutedStage> targets, RepairedDockerfile repaired) {
    List<String> lines = ImageChecks.missingLines(verdicts, repaired.lines(), request.fix());
    List<Integer> known = new ArrayList<>();
    repaired.changed().forEach(each -> known.add(each.line()));
    Set<Integer> changed = new TreeSet<>();
    for (int i = 0; i < verdicts.size(); i++) {
      changed.addAll(ImageChecks.linesWithoutMode(verdicts.get(i), targets.get(i), known));
    }
    return lines.isEmpty() && changed.isEmpty()
        ? null
        : new Attempt(null, targets.get(0).stage().id(), lines, List.copyOf(changed));
  }

  void warn(Diagnostic warning) {
    warnings.add(warning);
    listener.on(new BuildEvent.Warning(warning));
  }
}
