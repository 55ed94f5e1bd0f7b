package dev.slipway.semantics;

import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.BuilderSettings;
import dev.slipway.BuilderSettings.RegistrySettings;
import dev.slipway.ContextSource;
import dev.slipway.DockerfileSource;
import dev.slipway.ImageBuilder;
import dev.slipway.OutputSpec;
import dev.slipway.diagnostic.BuildException;
import dev.slipway.progress.Cancellation;
import dev.slipway.worker.WorkerJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A build context with a few files, a store, and builds of them, in the JVM of the test. Every
 * image is written as a layout and read back from there.
 */
public final class InProcessBuilds implements AutoCloseable {
  private final Path directory;
  private final Path context;
  private final Path store;
  private final Map<String, String> environment = new HashMap<>(System.getenv());
  private final ImageBuilder builder;
  private int images;

  private InProcessBuilds(Path directory, Path store) {
    this.directory = directory;
    this.context = directory.resolve("context");
    this.store = store;
    try {
      Files.createDirectories(context);
      Files.createDirectories(directory.resolve("tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.builder = ImageBuilder.open(settings());
  }

  public static InProcessBuilds in(Path directory) {
    return new InProcessBuilds(directory, directory.resolve("store"));
  }

  /** A workspace of other files, with this one's store. */
  public InProcessBuilds neighbour(String name) {
    return new InProcessBuilds(directory.resolve(name), store);
  }

  private BuilderSettings settings() {
    environment.put("DOCKER_CONFIG", directory.resolve("no-config").toString());
    environment.put("SEMANTICS_SECRET", "from the environment");
    return new BuilderSettings(
        store,
        BuilderSettings.DEFAULT_STORE_LIMIT,
        directory.resolve("tmp"),
        environment,
        directory,
        System.getProperty("os.arch"),
        WorkerJvm.of(Path.of(System.getProperty("java.home"), "bin", "java")),
        RegistrySettings.DEFAULT,
        Clock.systemUTC());
  }

  public Path context() {
    return context;
  }

  public Path store() {
    return store;
  }

  public Path temporary() {
    return directory.resolve("tmp");
  }

  /** Writes a file of the context; directories above it are made. */
  public Path file(String path, String content) {
    try {
      Path file = context.resolve(path);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path directory(String path) {
    try {
      return Files.createDirectories(context.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path link(String path, String target) {
    try {
      Path link = context.resolve(path);
      Files.createDirectories(link.getParent());
      return Files.createSymbolicLink(link, Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public BuiltImage build(String dockerfile) {
    return build(dockerfile, request -> {});
  }

  /** Builds, with more said in the request. */
  public BuiltImage build(String dockerfile, Consumer<BuildRequest.Builder> more) {
    return build(dockerfile, Map.of(), more);
  }

  /** The same, with more attributes of the written layout. */
  public BuiltImage build(
      String dockerfile, Map<String, String> attributes, Consumer<BuildRequest.Builder> more) {
    Path layout = directory.resolve("image-" + images++);
    Map<String, String> all = new HashMap<>(attributes);
    all.put("tar", "false");
    BuildRequest.Builder request =
        request(dockerfile)
            .output(
                new OutputSpec(
                    OutputSpec.Type.OCI, new OutputSpec.Destination.ToPath(layout), all));
    more.accept(request);
    BuildLog log = new BuildLog();
    BuildResult result = builder.build(request.build(), log, new Cancellation());
    return new BuiltImage(result, layout, log);
  }

  /** A request for a text and this context, without an output. */
  public BuildRequest.Builder request(String dockerfile) {
    return BuildRequest.builder(new ContextSource.LocalDirectory(context))
        .dockerfile(new DockerfileSource.Text("Dockerfile", dockerfile));
  }

  public ImageBuilder builder() {
    return builder;
  }

  /** Builds what must fail. */
  public BuildException failure(String dockerfile) {
    return failure(dockerfile, request -> {});
  }

  public BuildException failure(String dockerfile, Consumer<BuildRequest.Builder> more) {
    try {
      build(dockerfile, more);
    } catch (BuildException e) {
      return e;
    }
    throw new AssertionError("should fail:\n" + dockerfile);
  }

  @Override
  public void close() {
    builder.close();
    // What a failed build had begun may still write to the store, which is deleted after this.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (threadsLeft() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static boolean threadsLeft() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().matches("slipway-\\d+"));
  }
}
