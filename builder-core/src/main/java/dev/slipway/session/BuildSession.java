package dev.slipway.session;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.BuilderSettings;
import dev.slipway.ContextSource;
import dev.slipway.FixMode;
import dev.slipway.OutputSpec;
import dev.slipway.PlanSource;
import dev.slipway.RepairedDockerfile;
import dev.slipway.assemble.ImageAssembler;
import dev.slipway.context.DockerfileText;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.ExecutionPorts;
import dev.slipway.execute.PlanExecutor;
import dev.slipway.export.ExportedImages.ImageWithLayers;
import dev.slipway.inspect.start.StartVerdicts.Verdict;
import dev.slipway.oci.Image;
import dev.slipway.oci.Platform;
import dev.slipway.plan.BuildPlan;
import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.CancelledException;
import dev.slipway.reference.ImageReference;
import dev.slipway.resolve.ResolveRequest;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.session.findings.CheckedImage;
import dev.slipway.session.findings.DockerfileRepair;
import dev.slipway.session.findings.EarlyChecks;
import dev.slipway.session.findings.ForeignPrograms;
import dev.slipway.session.findings.HygieneChecks;
import dev.slipway.session.findings.ImageFindings;
import dev.slipway.session.findings.ImageFindings.Missing;
import dev.slipway.session.findings.StartChecks;
import dev.slipway.session.findings.UnisolatedSteps;
import dev.slipway.session.input.BuildFiles;
import dev.slipway.session.input.SessionInputs;
import dev.slipway.session.input.SourceDate;
import dev.slipway.session.output.ExecutedPlan;
import dev.slipway.session.output.ImageAssembly;
import dev.slipway.session.output.OutputPlan;
import dev.slipway.session.output.Outputs;
import dev.slipway.session.output.SquashBoundary;
import dev.slipway.session.request.HostPlatform;
import dev.slipway.session.request.RequestedPlans;
import dev.slipway.session.request.RequestedSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final RequestedSettings requested;
  private final List<Diagnostic> warnings = Collections.synchronizedList(new ArrayList<>());
  private final SharedCaches caches;

  /** Whether something is on its way out that cannot be taken back. */
  private boolean writing;

  BuildSession(SessionResources resources, BuildListener listener) {
    this.resources = resources;
    this.settings = resources.settings;
    this.request = resources.request;
    this.listener = listener;
    this.requested = RequestedSettings.of(request);
    this.caches = new SharedCaches(resources, this::warn);
  }

  /** While the Dockerfile is read: the first handshake of a JVM takes it a tenth of a second. */
  private void connect() {
    if (isPushed()) {
      for (ImageReference name : requested.names()) {
        resources.executor.execute(() -> resources.registries.connect(name));
      }
    }
  }

  /** Builds; with lines added to the Dockerfile until its image starts, if that was asked for. */
  BuildResult run() {
    connect();
    try (SessionInputs inputs = resources.openInputs()) {
      DockerfileText text = inputs.dockerfile();
      RepairedDockerfile repaired =
          new RepairedDockerfile(text.name(), text.bytes(), 1, List.of(), List.of());
      Attempt attempt = attempt(inputs, repaired);
      if (request.checks().fix() == FixMode.OFF) {
        return attempt.built();
      }
      for (Missing missing; (missing = attempt.missing()) != null; ) {
        for (int line : missing.changedLines()) {
          repaired = DockerfileRepair.setMode(repaired, line);
        }
        if (!missing.lines().isEmpty()) {
          repaired = DockerfileRepair.add(repaired, missing.stage(), missing.lines());
        }
        attempt = attempt(inputs, repaired);
      }
      return attempt.built().withRepaired(repaired);
    }
  }

  /**
   * What came of a Dockerfile.
   *
   * @param result null where lines have to be added first
   * @param missing those lines; else null
   */
  private record Attempt(@Nullable BuildResult result, @Nullable Missing missing) {
    BuildResult built() {
      return Objects.requireNonNull(result);
    }
  }

  private Attempt attempt(SessionInputs inputs, RepairedDockerfile text) {
    DockerfilePlanning.Planning planning =
        new DockerfilePlanning(resources, requested, inputs, this::warn).read(text);
    return build(planning.requested(), planning.plans(), inputs, text);
  }

  /** Builds what {@code source} plans. */
  BuildResult run(PlanSource source) {
    if (request.checks().fix() != FixMode.OFF) {
      throw new BuildException("there is no Dockerfile to repair: the plan was made without one");
    }
    String said = request.buildArgs().getOrDefault(SourceDate.ARGUMENT, "");
    RequestedSettings dated = requested.withSourceDateEpoch(SourceDate.seconds(said));
    connect();
    try (SessionInputs inputs = resources.openInputs()) {
      return build(dated, () -> plans(source), inputs, NOTHING_REPAIRED).built();
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
      RequestedSettings dated,
      Supplier<List<BuildPlan>> planning,
      SessionInputs inputs,
      RepairedDockerfile text) {
    Attempt attempt;
    try {
      attempt = execute(dated, planning, inputs, text);
    } catch (CancelledException e) {
      throw e;
    } catch (BuildException e) {
      pruneAfter(e);
      boolean readOnce = request.context() instanceof ContextSource.Stream;
      throw !writing && !readOnce && caches.mayHaveCaused(e) ? new UnusableCacheException(e) : e;
    }
    if (attempt.result() != null) {
      resources.prune();
    }
    return attempt;
  }

  /** What builds leave that fail counts as much as what others do. */
  private void pruneAfter(BuildException failure) {
    try {
      resources.prune();
    } catch (BuildException e) {
      failure.addSuppressed(e);
    }
  }

  private Attempt execute(
      RequestedSettings dated,
      Supplier<List<BuildPlan>> planning,
      SessionInputs inputs,
      RepairedDockerfile text) {
    try (Outputs outputs =
        Outputs.open(
            request,
            dated.names(),
            dated.sourceDateEpoch(),
            resources.registries,
            resources.course())) {
      List<BuildPlan> plans = planning.get();
      for (BuildPlan each : plans) {
        ForeignPrograms.check(each, HostPlatform.of(settings.architecture()));
      }
      if (resources.sandbox.kind() == SandboxKind.CHROOT && text.isUnchanged()) {
        UnisolatedSteps.warning(plans).ifPresent(this::warn);
      }
      ImageAssembly assembly =
          new ImageAssembly(
              request, outputs, resources.layerBlobs(), resources.images, resources.course());
      List<ExecutedPlan> executed = execute(plans, executor(dated, inputs), assembly);
      return finish(executed, dated, assembly, outputs, text);
    }
  }

  private PlanExecutor executor(RequestedSettings dated, SessionInputs inputs) {
    return new PlanExecutor(
        resources.layers,
        caches.cache(),
        new ExecutionPorts(
            new BuildFiles(inputs.context(), inputs.named(), resources.images),
            resources.fetcher,
            resources.sandbox::worker),
        dated.execution(
            settings, resources.sandbox.kind().isolationClass(), resources.agents.sockets()),
        resources.course(),
        this::warn);
  }

  /** Executes the plans side by side; layers that are sure to stay are written meanwhile. */
  private List<ExecutedPlan> execute(
      List<BuildPlan> plans, PlanExecutor executor, ImageAssembly assembly) {
    List<Supplier<ExecutedPlan>> work = new ArrayList<>();
    for (BuildPlan plan : plans) {
      String label = plans.size() > 1 ? plan.platform().format() + " " : "";
      SquashBoundary boundary = SquashBoundary.of(request.image().squash(), plan);
      work.add(
          () -> {
            List<ExecutedStage> stages = new ArrayList<>();
            ExecutedStage target =
                executor.execute(
                    plan, label, layer -> assembly.offer(layer, boundary), stages::add);
            return new ExecutedPlan(target, stages, boundary);
          });
    }
    return SideBySide.all(work, resources.executor);
  }

  /** The second half of a build: images of what was executed, looked at and written. */
  private Attempt finish(
      List<ExecutedPlan> executed,
      RequestedSettings dated,
      ImageAssembly assembly,
      Outputs outputs,
      RepairedDockerfile text) {
    ImageAssembler assembler =
        new ImageAssembler(settings.clock(), dated.sourceDateEpoch().map(Instant::ofEpochSecond));
    HygieneChecks hygiene = new HygieneChecks(request.checks().hygiene(), resources.store.facts());
    StartChecks start =
        new StartChecks(request, resources.images, resources.store.facts(), this::warn);
    Map<OutputPlan.ImageForm, List<ImageWithLayers>> made;
    List<Verdict> verdicts;
    try (EarlyChecks early = new EarlyChecks(executed, start, hygiene, resources.executor)) {
      made = assembly.assemble(assembler, executed);
      verdicts = early.verdicts();
    }
    List<ExecutedStage> targets = new ArrayList<>();
    executed.forEach(each -> targets.add(each.target()));
    List<ImageWithLayers> images =
        made.isEmpty() ? outputs.filesOnly(targets, assembler) : made.values().iterator().next();
    ImageFindings findings =
        new ImageFindings(
            request.checks(), verdicts, hygiene, checked(executed, images), this::warn);
    if (request.checks().fix() != FixMode.OFF) {
      Missing missing = findings.missing(request.checks().fix(), text);
      if (missing != null) {
        return new Attempt(null, missing);
      }
    }
    findings.judge();
    if (!made.isEmpty()) {
      resources.sandbox.release(); // what images are made of is in the store now
    }
    writing = writesStream();
    BuildResult result =
        SideBySide.with(
            () -> remember(executed, made.isEmpty() ? List.of() : images, dated.names()),
            () -> outputs.write(made, targets, assembler, request, warnings),
            resources.executor);
    writing = true;
    caches.write(executed, outputs, isPushed() ? dated.names() : List.of());
    return new Attempt(findings.in(result), null);
  }

  private static List<CheckedImage> checked(
      List<ExecutedPlan> executed, List<ImageWithLayers> images) {
    List<CheckedImage> checked = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      checked.add(new CheckedImage(executed.get(i), images.get(i)));
    }
    return checked;
  }

  private boolean writesStream() {
    for (OutputSpec each : request.outputs()) {
      if (each.destination() instanceof OutputSpec.Destination.ToStream) {
        return true;
      }
    }
    return false;
  }

  private boolean isPushed() {
    for (OutputSpec each : request.outputs()) {
      if (each.type() == OutputSpec.Type.REGISTRY) {
        return true;
      }
    }
    return false;
  }

  /** Makes the images known under their names, with what they were made by. */
  private void remember(
      List<ExecutedPlan> executed, List<ImageWithLayers> images, List<ImageReference> names) {
    for (int i = 0; i < images.size(); i++) {
      ExecutedPlan one = executed.get(i);
      Image image = images.get(i).image();
      ImageOrigins.remember(resources.store, image, one.target(), one.stages());
      names.forEach(name -> resources.images.remember(name, image));
    }
  }

  void warn(Diagnostic warning) {
    warnings.add(warning);
    listener.on(new BuildEvent.Warning(warning));
  }
}
