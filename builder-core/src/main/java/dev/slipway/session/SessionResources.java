package dev.slipway.session;

import dev.slipway.BuildRequest;
import dev.slipway.BuilderSettings;
import dev.slipway.ContextSource;
import dev.slipway.execute.BuildCourse;
import dev.slipway.execute.Tasks;
import dev.slipway.http.Proxies;
import dev.slipway.progress.BuildListener;
import dev.slipway.progress.Cancellation;
import dev.slipway.registry.RegistryClient;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.session.input.ContextInputs;
import dev.slipway.session.input.ImageCatalog;
import dev.slipway.session.input.NamedContextInputs;
import dev.slipway.session.input.RememberedDigests;
import dev.slipway.session.input.RememberedDownloads;
import dev.slipway.session.input.RemoteFetcher;
import dev.slipway.session.input.SessionInputs;
import dev.slipway.session.input.WorkDirectory;
import dev.slipway.session.request.HostPlatform;
import dev.slipway.snapshot.LayerBlobs;
import dev.slipway.snapshot.LayerStore;
import dev.slipway.store.FileDigestMemo;
import dev.slipway.store.Store;
import java.util.concurrent.Executor;

/**
 * What stays open while a request is worked on, be it a build or a look at its Dockerfile. Nothing
 * is fetched or started before it is wanted.
 */
final class SessionResources implements AutoCloseable {
  final BuilderSettings settings;
  final BuildRequest request;
  final RegistryClient registries;
  final Executor executor;
  final Cancellation cancellation;
  final Tasks tasks;
  final Store store;
  final SandboxSession sandbox;
  final LayerStore layers;
  final ImageCatalog images;
  final RemoteFetcher fetcher;
  final WorkDirectory work;
  final SshAgents agents;
  private final FileDigestMemo digestMemo;

  private SessionResources(
      BuilderSettings settings,
      BuildRequest request,
      RegistryClient registries,
      Executor executor,
      BuildListener listener,
      Cancellation cancellation,
      SandboxKind driver,
      Store store) {
    this.settings = settings;
    this.request = request;
    this.registries = registries;
    this.executor = executor;
    this.cancellation = cancellation;
    this.tasks = new Tasks(listener);
    this.store = store;
    this.work = new WorkDirectory(settings.temporaryDirectory());
    this.agents = new SshAgents(request.steps().ssh(), work);
    this.sandbox = new SandboxSession(settings, store, driver, executor);
    this.digestMemo = store.fileDigests(memoName(request.context()));
    this.layers = new LayerStore(store, sandbox::worker, sandbox.idMapping(), executor);
    this.images =
        new ImageCatalog(store, registries, layers, request.reuse().pull(), tasks, cancellation);
    this.fetcher =
        new RemoteFetcher(
            work,
            settings.environment(),
            Proxies.of(settings.environment()),
            new RememberedDownloads(store),
            tasks);
  }

  /** Opens the store; all else is made when it is wanted. */
  static SessionResources open(
      BuilderSettings settings,
      BuildRequest request,
      RegistryClient registries,
      Executor executor,
      BuildListener listener,
      Cancellation cancellation) {
    SandboxKind driver = SandboxSession.kind(request.steps().sandbox());
    Store store = Store.open(settings.storeDirectory(), settings.clock());
    try {
      return new SessionResources(
          settings, request, registries, executor, listener, cancellation, driver, store);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  /** Contexts have memos of their own, so that the files of one do not push out another's. */
  private static String memoName(ContextSource context) {
    return context instanceof ContextSource.LocalDirectory directory
        ? directory.path().toString()
        : "";
  }

  /** Writes layers as blobs, with as many threads as there are processors. */
  LayerBlobs layerBlobs() {
    return new LayerBlobs(store, executor, Runtime.getRuntime().availableProcessors());
  }

  BuildCourse course() {
    return new BuildCourse(executor, tasks, cancellation);
  }

  /** The contexts and the Dockerfile; the caller closes them before these resources. */
  SessionInputs openInputs() {
    RememberedDigests digests = new RememberedDigests(digestMemo, settings.clock());
    NamedContextInputs contexts =
        new NamedContextInputs(
            request.namedContexts(),
            HostPlatform.of(settings.architecture()),
            images,
            fetcher,
            digests,
            work,
            cancellation);
    return new SessionInputs(
        ContextInputs.open(request, work, fetcher, digests, cancellation), contexts);
  }

  /**
   * Deletes what the store holds above its limit. What this build has made is protected no longer,
   * so what it has learnt of files is written before.
   */
  void prune() {
    digestMemo.close();
    layers.prune(settings.storeLimit());
  }

  @Override
  public void close() {
    try (store;
        digestMemo;
        work;
        agents;
        sandbox) {
      // Closed in the reverse order, each whatever the one before throws.
    }
  }
}
