package dev.slipway;

import dev.slipway.assemble.AssembledLayer;
import dev.slipway.assemble.ImageAssembler;
import dev.slipway.cache.BuildCache;
import dev.slipway.diagnostic.Diagnostic;
import dev.slipway.dockerfile.Dockerfile;
import dev.slipway.execute.ExecutedStage;
import dev.slipway.execute.ExecutedStage.ExecutedLayer;
import dev.slipway.execute.PlanExecutor;
import dev.slipway.execute.Tasks;
import dev.slipway.export.ExportedImages.ImageWithLayers;
import dev.slipway.export.OfferedLayer;
import dev.slipway.oci.Image;
import dev.slipway.oci.Platform;
import dev.slipway.parse.DockerfileParser;
import dev.slipway.plan.BuildPlan;
import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.RegistryClient;
import dev.slipway.resolve.ResolveRequest;
import dev.slipway.resolve.Resolver;
import dev.slipway.snapshot.BlobFormat;
import dev.slipway.snapshot.LayerBlob;
import dev.slipway.snapshot.LayerBlobs;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.store.FileDigestMemo;
import dev.slipway.store.Store;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** One build from its request to its result: the steps of the flow, one after the other. */
final class BuildSession implements AutoCloseable {
  private final BuilderSettings settings;
  private final BuildRequest request;
  private final Executor executor;
  private final BuildListener listener;
  private final Cancellation cancellation;
  private final Tasks tasks;
  private final List<Diagnostic> warnings = Collections.synchronizedList(new ArrayList<>());

  private final Store store;
  private final WorkDirectory work;
  private final SandboxSession sandbox;
  private final FileDigestMemo digestMemo;
  private final LayerStore layers;
  private final LayerBlobs blobs;
  private final RegistryClient registries;
  private final ImageCatalog images;
  private final RemoteFetcher fetcher;
  private final RequestedSettings requested;

  BuildSession(
      BuilderSettings settings,
      BuildRequest request,
      RegistryClient registries,
      Executor executor,
      BuildListener listener,
      Cancellation cancellation) {
    this.settings = settings;
    this.request = request;
    this.executor = executor;
    this.listener = listener;
    this.cancellation = cancellation;
    this.tasks = new Tasks(listener);
    this.registries = registries;
    this.requested = RequestedSettings.of(request);
    this.store = Store.open(settings.storeDirectory(), settings.clock());
    this.work = new WorkDirectory(settings.temporaryDirectory());
    this.sandbox = new SandboxSession(settings, store, request.sandbox());
    this.digestMemo = store.fileDigests(request.context().toString());
    this.layers = new LayerStore(store, sandbox::worker, SandboxSession.idMapping(store), executor);
    this.blobs = new LayerBlobs(store, executor, Runtime.getRuntime().availableProcessors());
    this.images = new ImageCatalog(store, registries, layers, request.pull(), tasks, cancellation);
    this.fetcher =
        new RemoteFetcher(work, settings.environment(), Proxies.of(settings.environment()), tasks);
  }

  BuildResult run() {
    RememberedDigests digests = new RememberedDigests(digestMemo, settings.clock());
    ContextInputs inputs = ContextInputs.open(request, work, fetcher, digests, cancellation);
    NamedContextInputs contexts =
        new NamedContextInputs(
            request.namedContexts(), images, fetcher, digests, work, cancellation);
    try {
      Dockerfile dockerfile =
          DockerfileParser.parse(inputs.dockerfile().name(), inputs.dockerfile().bytes());
      dockerfile.warnings().forEach(this::warn);
      BuildResult result = build(dockerfile, inputs, contexts);
      layers.prune(settings.storeLimit());
      return result;
    } finally {
      contexts.close();
      inputs.context().close();
    }
  }

  private BuildResult build(
      Dockerfile dockerfile, ContextInputs inputs, NamedContextInputs contexts) {
    List<BuildPlan> plans = new ArrayList<>();
    Resolver resolver = new Resolver(images, contexts, DockerfileParser::parseTriggers);
    Optional<Long> epoch = requested.sourceDateEpoch();
    try (Outputs outputs =
        Outputs.open(
            request, requested.names(), epoch, registries, executor, tasks, cancellation)) {
      for (Optional<Platform> platform : platforms()) {
        plans.add(resolver.resolve(dockerfile, resolveRequest(platform)));
      }
      for (BuildPlan each : plans) {
        ForeignPrograms.check(each, HostPlatform.of(settings.architecture()));
      }
      PlanExecutor plan =
          new PlanExecutor(
              layers,
              new BuildCache(store.facts()),
              sandbox::worker,
              new BuildFiles(inputs.context(), contexts, images),
              fetcher,
              requested.execution(settings, sandbox.kind().isolationClass()),
              executor,
              tasks,
              cancellation,
              this::warn);
      List<ExecutedStage> executed = new ArrayList<>();
      for (BuildPlan each : plans) {
        String label = plans.size() > 1 ? each.platform().format() + " " : "";
        executed.add(plan.execute(each, label, layer -> offer(outputs, layer)));
      }
      return finish(executed, outputs);
    }
  }

  private List<Optional<Platform>> platforms() {
    if (request.platforms().isEmpty()) {
      return List.of(Optional.empty());
    }
    List<Optional<Platform>> platforms = new ArrayList<>();
    request.platforms().forEach(platform -> platforms.add(Optional.of(platform)));
    return platforms;
  }

  private ResolveRequest resolveRequest(Optional<Platform> platform) {
    return new ResolveRequest(
        request.target(),
        platform,
        HostPlatform.of(settings.architecture()),
        request.buildArgs(),
        request.labels(),
        request.noCache(),
        request.noCacheStages(),
        request.allow());
  }

  /** Writes a finished layer as a blob while the steps after it run. */
  private void offer(Outputs outputs, ExecutedLayer layer) {
    for (BlobFormat format : outputs.formats()) {
      CompletableFuture<LayerBlob> blob =
          CompletableFuture.supplyAsync(() -> blobs.of(layer.layer(), format), executor);
      outputs.pending(layer.layer(), format, blob);
      blob.thenAccept(made -> outputs.offer(offered(made), format));
    }
  }

  private OfferedLayer offered(LayerBlob blob) {
    return new OfferedLayer(
        blob.descriptor(),
        () -> Files.newInputStream(blob.file().get()),
        images.origin(blob.descriptor().digest()));
  }

  private BuildResult finish(List<ExecutedStage> executed, Outputs outputs) {
    ImageAssembler assembler =
        new ImageAssembler(
            settings.clock(), requested.sourceDateEpoch().map(Instant::ofEpochSecond));
    Map<OutputPlan.ImageForm, List<ImageWithLayers>> made = new LinkedHashMap<>();
    for (OutputPlan.ImageForm form : outputs.forms()) {
      List<ImageWithLayers> each = new ArrayList<>();
      for (ExecutedStage stage : executed) {
        each.add(assemble(assembler, stage, form, outputs));
      }
      made.put(form, each);
    }
    for (ImageReference name : requested.names()) {
      made.values().stream()
          .findFirst()
          .ifPresent(all -> all.forEach(image -> images.remember(name, image.image())));
    }
    return outputs.write(made, executed, assembler, request, warnings);
  }

  private ImageWithLayers assemble(
      ImageAssembler assembler, ExecutedStage stage, OutputPlan.ImageForm form, Outputs outputs) {
    List<AssembledLayer> assembled = new ArrayList<>();
    List<OfferedLayer> offered = new ArrayList<>();
    for (ExecutedLayer layer : stage.layers()) {
      LayerBlob blob = outputs.blob(layer.layer(), form.blobs());
      assembled.add(new AssembledLayer(blob, layer.created()));
      offered.add(offered(blob));
    }
    Image image =
        assembler.assemble(
            stage.stage().config(),
            assembled,
            Annotations.ofManifest(request.annotations()),
            form.docker());
    List<OfferedLayer> inTermsOfImage = new ArrayList<>();
    for (int i = 0; i < offered.size(); i++) {
      OfferedLayer layer = offered.get(i);
      inTermsOfImage.add(
          new OfferedLayer(image.manifest().layers().get(i), layer.content(), layer.origin()));
    }
    return new ImageWithLayers(image, inTermsOfImage);
  }

  private void warn(Diagnostic warning) {
    warnings.add(warning);
    listener.on(new BuildEvent.Warning(warning));
  }

  @Override
  public void close() {
    try {
      sandbox.close();
    } finally {
      work.close();
      digestMemo.close();
      store.close();
    }
  }
}
