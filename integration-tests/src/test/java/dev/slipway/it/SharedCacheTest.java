package dev.slipway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cache.CacheDocument;
import dev.slipway.cache.CacheKey;
import dev.slipway.cache.SharedStep;
import dev.slipway.it.Processes.Ended;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaType;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import dev.slipway.registry.RegistryClient;
import dev.slipway.registry.RegistryConnections;
import dev.slipway.registry.RegistryOptions;
import dev.slipway.registry.Repository;
import dev.slipway.registry.TransferListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Machines that share a cache in a real registry: each is a store of its own. What a command makes
 * is random, so that two images are equal only if it ran once.
 */
class SharedCacheTest {
  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  private Registry registry;
  private BuildMachines machines;
  private Path context;

  @BeforeEach
  void start() throws IOException {
    Machine.require("unshare");
    registry = Registry.start(WORKSPACE.directory());
    machines = BuildMachines.in(WORKSPACE);
    context = machines.context();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private String cache() {
    return registry.address() + "/it/cache:main";
  }

  private Processes build(String machine, String... words) {
    return machines.build(machine, words);
  }

  private void change(String file, String content) throws IOException {
    machines.change(file, content);
  }

  private Ended write(String machine, String... more) {
    return build(machine, with(more, "--cache-to", "type=registry,ref=" + cache())).run().orFail();
  }

  private Ended read(String machine, String... more) {
    return build(machine, with(more, "--cache-from", "type=registry,ref=" + cache()))
        .run()
        .orFail();
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private String file(String machine, String path, String... more) throws IOException {
    Path files = WORKSPACE.path("files-" + machine + path.replace('/', '-'));
    read(machine, with(more, "-o", "type=local,dest=" + files));
    return Files.readString(files.resolve(path));
  }

  @Test
  void aMachineWithAnEmptyStoreRunsNothingAndFetchesNoLayer() {
    String made = BuildMachines.image(write("a", "-t", registry.address() + "/it/app:1", "--push"));
    Ended again = read("b", "-t", registry.address() + "/it/app:2", "--push");
    assertThat(BuildMachines.image(again)).isEqualTo(made);
    assertThat(BuildMachines.done(again)).isEmpty();
    assertThat(again.errors()).doesNotContain(" pull sha256:");
    assertThat(BuildMachines.image(read("b"))).isEqualTo(made);
  }

  @Test
  void onlyWhatFollowsAChangeIsDone() throws IOException {
    write("a");
    String random = file("a", "random");
    change("c", "second");
    Ended changed = read("b");
    assertThat(BuildMachines.done(changed))
        .containsExactly("COPY c /c", "RUN cat /c | tr a-z A-Z > /upper");
    assertThat(file("b", "random")).isEqualTo(random);
    assertThat(file("b", "upper")).isEqualTo("SECOND");
  }

  @Test
  void aStepWithoutItsFilesIsDoneWhenTheyAreWanted() throws IOException {
    Ended written = write("a");
    assertThat(written.errors()).contains("of other stages without their files");
    change("b", "second");
    Ended changed = read("b", "--jobs=1");
    assertThat(BuildMachines.done(changed))
        .as("what the stage was is known, but not what is in it")
        .contains("RUN head -c 16 /dev/urandom | od -x > /first", "COPY b /src/")
        .doesNotContain("RUN head -c 16 /dev/urandom | od -x > /random");
    assertThat(file("b", "built/out")).isEqualTo("second");
  }

  @Test
  void aCacheOfAllStagesHasTheirFiles() throws IOException {
    Ended written =
        build("a", "--cache-to", "type=registry,mode=max,compression=zstd,ref=" + cache())
            .run()
            .orFail();
    assertThat(written.errors()).doesNotContain("without their files");
    String first = file("a", "built/first");
    change("b", "second");
    Ended changed = read("b");
    assertThat(BuildMachines.done(changed))
        .contains("COPY b /src/")
        .doesNotContain("RUN head -c 16 /dev/urandom | od -x > /first");
    assertThat(file("b", "built/first")).isEqualTo(first);
    assertThat(file("b", "built/out")).isEqualTo("second");
  }

  @Test
  void aStageThatMakesTheSameLeavesWhatFollowsCached() throws IOException {
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM busybox AS build
        COPY a /src/
        RUN wc -c < /src/a > /size
        FROM busybox
        COPY --from=build /size /
        RUN head -c 16 /dev/urandom | od -x > /random
        """);
    write("a");
    String random = file("a", "random");
    change("a", "1ST!!");
    assertThat(BuildMachines.done(read("b")))
        .containsExactly("COPY a /src/", "RUN wc -c < /src/a > /size");
    assertThat(file("b", "random")).isEqualTo(random);
  }

  @Test
  void proxiesDoNotPartMachines() {
    String made = BuildMachines.image(write("a", "--build-arg=http_proxy=http://127.0.0.1:9"));
    assertThat(BuildMachines.image(read("b", "--build-arg=https_proxy=http://127.0.0.1:8")))
        .isEqualTo(made);
  }

  @Test
  void theSameAgainIsNotSentAgain() {
    write("a");
    Ended again = write("a");
    assertThat(again.errors())
        .contains("export cache to " + cache())
        .doesNotContain(" push sha256:");
  }

  @Test
  void whatTheStoreKnowsIsNotAskedFor() {
    write("a");
    registry.close();
    assertThat(read("a").errors()).doesNotContain("import cache");
  }

  @Test
  void whatACacheSaidIsNotUsedByBuildsThatDoNotNameIt() {
    String made = BuildMachines.image(write("a"));
    read("b");
    String own = BuildMachines.image(build("b").run().orFail());
    assertThat(own).as("its commands ran anew").isNotEqualTo(made);
    assertThat(BuildMachines.image(build("b").run().orFail())).isEqualTo(own);
  }

  @Test
  void anOrdinaryUserTakesWhatRootMade() throws IOException {
    String made = BuildMachines.image(write("a"));
    OrdinaryUser user = WORKSPACE.user();
    Path own = Files.createDirectories(user.directory().resolve("own"));
    for (Path each : List.of(Bases.busybox(), context)) {
      Processes.command("cp", "-r", each.toString(), own.toString()).run().orFail();
    }
    OrdinaryUser.own(own);
    BuildMachines theirs =
        new BuildMachines(
            WORKSPACE, own.resolve("context"), own.resolve(Bases.busybox().getFileName()));
    String[] from = {"--cache-from", cache()};
    assertThat(BuildMachines.image(theirs.build(Slipway.as(user), from).run().orFail()))
        .isEqualTo(made);
    theirs.change("c", "second");
    assertThat(BuildMachines.done(theirs.build(Slipway.as(user), from).run().orFail()))
        .containsExactly("COPY c /c", "RUN cat /c | tr a-z A-Z > /upper");
  }

  @Test
  void machinesThatWriteAtOnceLeaveAWholeCache() throws Exception {
    List<Process> writers = new ArrayList<>();
    for (String machine : List.of("a", "b", "c")) {
      Process writer =
          build(machine, "--cache-to", "mode=max,type=registry,ref=" + cache()).start();
      Processes.drain(writer.getErrorStream(), new StringBuffer());
      writers.add(writer);
    }
    for (Process writer : writers) {
      assertThat(writer.waitFor()).isZero();
    }
    assertThat(BuildMachines.done(read("d"))).as("of one of them").isEmpty();
  }

  @Test
  void aCacheThatIsNotThereIsWarnedOf() {
    Ended build = read("a");
    assertThat(build.errors())
        .contains("warning: cache " + cache() + " is not used: the registry has nothing");
    assertThat(BuildMachines.done(build)).hasSize(8);
  }

  @Test
  void anImageIsNoCache() {
    build("a", "-t", cache(), "--push").run().orFail();
    assertThat(read("b").errors()).contains("warning: cache " + cache() + " is not used: it is");
  }

  @Test
  void aRegistryThatRefusesFailsTheBuildUnlessToldOtherwise() throws IOException {
    Path directory = Files.createDirectories(WORKSPACE.path("closed"));
    try (Registry closed = Registry.startWithPassword(directory)) {
      String to = "type=registry,ref=" + closed.address() + "/it/cache";
      Ended failed = build("a", "--cache-to", to).run();
      assertThat(failed.exitCode()).isEqualTo(1);
      assertThat(failed.errors()).contains("401");
      Ended passed = build("a", "--cache-to", to + ",ignore-error=true").run().orFail();
      assertThat(passed.errors())
          .contains("warning: cache " + closed.address() + "/it/cache:latest is not written");
      assertThat(build("a", "--cache-from", to, "--no-cache").run().exitCode()).isZero();
    }
  }

  @Test
  void nothingThatABuildIsToldGetsIntoACache() throws IOException {
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM busybox
        ARG WORD
        ENV OTHER=$WORD
        RUN --mount=type=secret,id=key --mount=type=cache,target=/cache \\
            cp /run/secrets/key /cache && test -n "$WORD" && echo $http_proxy | md5sum > /f
        """);
    Path secret = WORKSPACE.write("key", "hidden-secret");
    write(
        "a",
        "--secret",
        "id=key,src=" + secret,
        "--build-arg=WORD=hidden-argument",
        "--build-arg=http_proxy=http://hidden-user@127.0.0.1:9");
    Repository repository = repository();
    Manifest manifest = manifest(repository);
    String text = new String(repository.document(manifest.config()), UTF_8);
    assertThat(text).contains("\"steps\"").doesNotContain("hidden");
    assertThat(new String(manifest.bytes(), UTF_8)).doesNotContain("hidden");
    for (Descriptor layer : manifest.layers()) {
      try (var in = new GZIPInputStream(repository.blob(layer, TransferListener.SILENT))) {
        assertThat(new String(in.readAllBytes(), UTF_8)).doesNotContain("hidden");
      }
    }
  }

  // What follows is done by somebody who may write to the cache and means no good, or by a disk.

  @Test
  void aLayerThatIsDamagedIsMadeAgain() throws IOException {
    write("a");
    for (Descriptor each : manifest(repository()).layers()) {
      Path blob = blob(each.digest()).resolve("data");
      byte[] bytes = Files.readAllBytes(blob);
      bytes[bytes.length / 2] ^= 1;
      Files.write(blob, bytes);
    }
    assertBuildsByItself("begins again without --cache-from: cannot fetch layer");
  }

  @Test
  void aLayerOfAnotherContentIsMadeAgain() throws IOException {
    write("a");
    tamper(
        step ->
            withLayer(step, layer(step).descriptor(), DiffId.parse("sha256:" + "00".repeat(32))));
    assertBuildsByItself("begins again without --cache-from");
  }

  @Test
  void aLayerThatIsGoneIsMadeAgain() throws IOException {
    write("a");
    removeLayers();
    assertBuildsByItself("begins again without --cache-from");
  }

  private void removeLayers() {
    for (Descriptor each : manifest(repository()).layers()) {
      Workspace.delete(blob(each.digest()));
    }
  }

  private static Path blob(Digest digest) {
    return WORKSPACE
        .directory()
        .resolve("registry/docker/registry/v2/blobs/sha256")
        .resolve(digest.hex().substring(0, 2))
        .resolve(digest.hex());
  }

  @Test
  void aLayerThatIsMissedOnlyWhenTheImageIsWrittenIsMadeAgain() throws IOException {
    write("a");
    removeLayers();
    Path archive = WORKSPACE.path("image.tar");
    Ended built = read("b", "-o", "type=oci,dest=" + archive);
    assertThat(built.errors()).contains("begins again without --cache-from");
    assertThat(archive).isNotEmptyFile();
  }

  @Test
  void aConfigThatIsNoneIsWarnedOf() throws IOException {
    write("a");
    push("{\"steps\": [{\"key\": \"../../etc\"}]}".getBytes(UTF_8));
    assertBuildsByItself("is not used: invalid build cache");
    push("garbage".getBytes(UTF_8));
    assertThat(read("c").errors()).contains("is not used: invalid build cache");
  }

  @Test
  void aCacheThatClaimsAnothersNamesReachesNoBuildThatDoesNotNameIt() throws IOException {
    String good = "FROM busybox\nRUN echo good > /f\n";
    String evil = "FROM busybox\nRUN echo evil > /f\n";
    String copy = "RUN cat /f > /g\n";
    Files.writeString(context.resolve("Dockerfile"), good);
    write("a");
    CacheKey claimed = steps().keySet().iterator().next();
    Files.writeString(context.resolve("Dockerfile"), evil);
    write("a");
    tamper(step -> new SharedStep(claimed, step.created(), step.layer()));

    Files.writeString(context.resolve("Dockerfile"), evil + copy);
    assertThat(file("b", "g")).isEqualTo("evil\n");
    Files.writeString(context.resolve("Dockerfile"), good + copy);
    Path files = WORKSPACE.path("files");
    build("b", "-o", "type=local,dest=" + files).run().orFail();
    assertThat(Files.readString(files.resolve("g"))).isEqualTo("good\n");
  }

  /** A step below which everything is done anew and reads it. */
  private void assertBuildsByItself(String... told) throws IOException {
    change("c", "second");
    Ended built = read("b");
    assertThat(built.errors()).contains(told);
    Path files = WORKSPACE.path("files");
    build("b", "-o", "type=local,dest=" + files).run().orFail();
    assertThat(Files.readString(files.resolve("upper"))).isEqualTo("SECOND");
    assertThat(Files.readString(files.resolve("built/out"))).isEqualTo("first");
  }

  private final RegistryConnections connections = new RegistryConnections(RegistryOptions.DEFAULT);

  @AfterEach
  void closeConnections() throws IOException {
    connections.close();
  }

  private Repository repository() {
    RegistryClient client =
        new RegistryClient(connections, any -> Optional.empty(), new Cancellation());
    return client.repository(ImageReference.parse(cache()));
  }

  private static Manifest manifest(Repository repository) {
    Repository.Document found = repository.get("main");
    return Manifest.parse(found.bytes(), found.descriptor().mediaType());
  }

  private static Image.Layer layer(SharedStep step) {
    Image.Layer layer = step.layer();
    if (layer == null) {
      throw new AssertionError(step);
    }
    return layer;
  }

  private static SharedStep withLayer(SharedStep step, Descriptor descriptor, DiffId diffId) {
    return new SharedStep(step.canonicalKey(), step.created(), new Image.Layer(descriptor, diffId));
  }

  private Map<CacheKey, SharedStep> steps() {
    Repository repository = repository();
    Manifest manifest = manifest(repository);
    return CacheDocument.parse(manifest, repository.document(manifest.config())).steps();
  }

  /** Changes what the cache says of each step that it has files of. */
  private void tamper(UnaryOperator<SharedStep> change) {
    Map<CacheKey, SharedStep> steps = new HashMap<>();
    steps()
        .forEach((key, step) -> steps.put(key, step.layer() == null ? step : change.apply(step)));
    CacheDocument changed = CacheDocument.of(steps);
    push(changed.manifest(), changed.config());
  }

  private void push(byte[] config) {
    Manifest manifest = manifest(repository());
    Descriptor descriptor = Descriptor.of(CacheDocument.CONFIG, config);
    push(Manifest.of(MediaType.OCI_MANIFEST, descriptor, manifest.layers(), Map.of()), config);
  }

  private void push(Manifest manifest, byte[] config) {
    Repository repository = repository();
    repository.pushBlob(
        manifest.config(), () -> new ByteArrayInputStream(config), null, TransferListener.SILENT);
    repository.pushManifest("main", manifest.bytes(), manifest.mediaType());
  }
}
