package dev.slipway.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.layer.Compression;
import dev.slipway.layer.LayerBlobWriter;
import dev.slipway.layer.LayerDigests;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.Platform;
import dev.slipway.sandbox.LayerDirectories;
import dev.slipway.store.Store;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.Change;
import dev.slipway.tree.ChangeSet;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.TreePath;
import dev.slipway.tree.Trees;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImageLayerTest {
  private static final String MAPPING = "root";
  private static final String[] LINES = {"644 0:0 big = 4194304 bytes", "644 0:0 f = hello"};

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger fetched = new AtomicInteger();
  private Store store;
  private byte[] blob;
  private Descriptor descriptor;
  private DiffId diffId;

  @BeforeEach
  void makeLayer() throws IOException {
    store = Store.open(directory.resolve("store"), Clock.systemUTC());
    byte[] noise = new byte[4 << 20];
    new Random(1).nextBytes(noise);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayerDigests digests =
        LayerBlobWriter.write(
            ChangeSet.of(
                List.of(file("big", new BytesContent(noise)), file("f", BytesContent.of("hello")))),
            Compression.GZIP,
            1,
            Runnable::run,
            1,
            out);
    blob = out.toByteArray();
    descriptor = new Descriptor(MediaType.OCI_LAYER_GZIP, digests.digest(), digests.size());
    diffId = digests.diffId();
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    store.close();
  }

  private static Change file(String path, BytesContent content) {
    return new Change.Put(
        TreePath.of(path), new RegularFile(Metadata.of(0644, 7), Origin.NONE, content));
  }

  private Snapshot snapshot(LayerStore layers, LayerSource source) {
    ImageConfig config =
        ImageConfig.empty(new Platform("linux", "amd64")).withDiffIds(List.of(diffId));
    return layers.ofImage(
        Image.of(config, List.of(descriptor), Map.of(), false),
        each -> {
          fetched.incrementAndGet();
          return source.open(each);
        },
        Origin.NONE);
  }

  private LayerStore layers(Unpacking unpacking) {
    return new LayerStore(store, () -> unpacking, MAPPING, threads);
  }

  private LayerSource registry() {
    return each -> new ByteArrayInputStream(blob);
  }

  private static String text(RegularFile file) throws IOException {
    try (InputStream in = file.content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private List<String> lines(Snapshot snapshot) {
    List<String> lines = new ArrayList<>();
    for (String line : Trees.lines(snapshot.layers().get(0).changes())) {
      lines.add(line.startsWith("644 0:0 big = ") ? LINES[0] : line);
    }
    return lines;
  }

  /** Keeps the archive as a file of the directory. */
  private abstract static class Unpacking implements LayerDirectories {
    @Override
    public String idMapping() {
      return MAPPING;
    }

    @Override
    public long unpack(TarSource tar, Path directory) throws IOException {
      try (OutputStream out = Files.newOutputStream(directory.resolve("archive"))) {
        return unpack(tar, out);
      }
    }

    abstract long unpack(TarSource tar, OutputStream file) throws IOException;

    @Override
    public InputStream read(Path directory, byte[] path) {
      throw new AssertionError();
    }

    @Override
    public void delete(List<Path> directories) {
      throw new AssertionError();
    }
  }

  private static Unpacking unpacking(CountDownLatch begin) {
    return new Unpacking() {
      @Override
      long unpack(TarSource tar, OutputStream file) throws IOException {
        try {
          begin.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        tar.writeTo(file);
        return 1;
      }
    };
  }

  private static Unpacking unpacking() {
    return unpacking(new CountDownLatch(0));
  }

  private Path unpacked() {
    return store
        .directories()
        .find(ImageLayer.idOf(new Image.Layer(descriptor, diffId)), MAPPING)
        .orElseThrow()
        .path()
        .resolve("archive");
  }

  private void assertNothingUnpacked() throws IOException {
    var id = ImageLayer.idOf(new Image.Layer(descriptor, diffId));
    assertThat(store.directories().find(id, MAPPING)).isEmpty();
    assertThat(store.facts().has("tree", id.hex())).isFalse();
    try (Stream<Path> left = Files.list(store.directories().root())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whoWantsTheTreeWaitsForTheDirectoryThatIsBeingMade() throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    LayerStore layers = layers(unpacking(begin));
    Snapshot snapshot = snapshot(layers, registry());
    layers.prepare(snapshot);
    CompletableFuture<List<String>> tree =
        CompletableFuture.supplyAsync(() -> lines(snapshot), threads);
    Thread.sleep(200);
    assertThat(tree).isNotDone();
    begin.countDown();
    assertThat(tree.get()).containsExactly(LINES);
    assertThat(layers.stack(snapshot).names()).hasSize(1);
    assertThat(Digest.of(Files.readAllBytes(unpacked()))).isEqualTo(diffId.digest());
    assertThat(fetched).hasValue(1);
  }

  @Test
  void aBlobThatTheDiskHasDamagedIsToldOnceAndFetchedAnew() throws IOException {
    Path kept = store.blobs().find(store.blobs().put(blob)).orElseThrow();
    byte[] damaged = blob.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(kept, damaged);
    assertThatThrownBy(() -> lines(snapshot(layers(unpacking()), registry())))
        .isInstanceOf(SnapshotException.class)
        .hasMessage("layer " + descriptor.digest() + " was damaged in the store");
    assertThat(fetched).hasValue(0);
    assertThat(lines(snapshot(layers(unpacking()), registry()))).containsExactly(LINES);
    assertThat(fetched).hasValue(1);
  }

  @Test
  void anArchiveThatAPowerFailureCutOffIsMadeAnew() throws IOException {
    for (int left : new int[] {0, 5000}) {
      Snapshot snapshot = snapshot(layers(unpacking()), registry());
      RegularFile file = (RegularFile) snapshot.tree().find(TreePath.of("f"));
      assertThat(text(file)).isEqualTo("hello");
      Path archive = store.blobs().find(diffId.digest()).orElseThrow();
      byte[] whole = Files.readAllBytes(archive);
      Files.write(archive, Arrays.copyOf(whole, left));
      assertThat(text(file)).isEqualTo("hello");
      assertThat(archive).hasBinaryContent(whole);
    }
    assertThat(fetched).hasValue(1);
  }

  @Test
  void theTreeIsHadWhereNothingCanBeUnpacked() {
    Unpacking failing =
        new Unpacking() {
          @Override
          long unpack(TarSource tar, OutputStream file) {
            throw new SnapshotException("no worker", null);
          }
        };
    LayerStore layers = layers(failing);
    Snapshot snapshot = snapshot(layers, registry());
    layers.prepare(snapshot);
    assertThat(lines(snapshot)).containsExactly(LINES);
    assertThatThrownBy(() -> layers.stack(snapshot)).hasMessage("no worker");
    assertThat(fetched).hasValue(1);
  }

  @Test
  void whoWantsTheTreeDoesNotWaitForAnExecutorThatTakesNoMoreWork() {
    LayerStore layers = layers(unpacking());
    Snapshot snapshot = snapshot(layers, registry());
    threads.shutdown();
    assertThatThrownBy(() -> layers.prepare(snapshot))
        .isInstanceOf(RejectedExecutionException.class);
    // On another thread: what waits here does not heed an interrupt.
    assertThat(CompletableFuture.supplyAsync(() -> lines(snapshot)))
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aTreeThatIsKnownIsNotMadeAgain() throws Exception {
    assertThat(lines(snapshot(layers(unpacking()), registry()))).containsExactly(LINES);
    LayerStore layers = layers(unpacking(new CountDownLatch(1)));
    Snapshot snapshot = snapshot(layers, registry());
    layers.prepare(snapshot);
    assertThat(lines(snapshot)).containsExactly(LINES);
    assertThat(fetched).hasValue(1);
  }

  @Test
  void theTreeOfAnImageIsKeptAndItsFilesAreStillFound() throws Exception {
    Snapshot first = snapshot(layers(unpacking()), registry());
    assertThat(Trees.lines(first.tree())).hasSize(2);
    Snapshot second = snapshot(layers(unpacking()), registry());

    assertThat(Trees.lines(second.tree())).isEqualTo(Trees.lines(first.tree()));
    assertThat(second.layers()).noneMatch(Layer::isLoaded);
    RegularFile file = (RegularFile) second.tree().find(TreePath.of("f"));
    assertThat(text(file)).isEqualTo("hello");
    assertThat(file.content())
        .isEqualTo(((RegularFile) first.tree().find(TreePath.of("f"))).content());
    assertThat(fetched).hasValue(1);
  }

  @Test
  void aLayerIsUnpackedWhileItIsFetched() throws Exception {
    CountDownLatch firstBytes = new CountDownLatch(1);
    LayerSource slow =
        each ->
            new FilterInputStream(new ByteArrayInputStream(blob)) {
              private int given;

              @Override
              public int read(byte[] buffer, int start, int length) throws IOException {
                if (given > 1 << 20) {
                  await(firstBytes);
                }
                int count = super.read(buffer, start, length);
                given += Math.max(0, count);
                return count;
              }
            };
    Unpacking telling =
        new Unpacking() {
          @Override
          long unpack(TarSource tar, OutputStream file) throws IOException {
            tar.writeTo(
                new OutputStream() {
                  @Override
                  public void write(int b) throws IOException {
                    file.write(b);
                  }

                  @Override
                  public void write(byte[] bytes, int start, int length) throws IOException {
                    file.write(bytes, start, length);
                    firstBytes.countDown();
                  }
                });
            return 1;
          }
        };
    LayerStore layers = layers(telling);
    layers.stack(snapshot(layers, slow));
    assertThat(Digest.of(Files.readAllBytes(unpacked()))).isEqualTo(diffId.digest());
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aBlobWithAnotherDigestLeavesNothing() throws IOException {
    byte[] other = blob.clone();
    other[other.length - 1] ^= 1; // a wrong length at its end: all files could be read
    LayerStore layers = layers(unpacking());
    Snapshot snapshot = snapshot(layers, each -> new ByteArrayInputStream(other));
    layers.prepare(snapshot);
    assertThatThrownBy(() -> lines(snapshot))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("cannot fetch layer " + descriptor.digest())
        .hasMessageContaining("expected " + descriptor.digest());
    assertThatThrownBy(() -> layers.stack(snapshot))
        .hasMessageContaining("expected " + descriptor.digest());
    assertNothingUnpacked();
    assertThat(store.blobs().find(descriptor.digest())).isEmpty();
  }

  @Test
  void aBlobThatEndsEarlyLeavesNothing() throws IOException {
    LayerStore layers = layers(unpacking());
    byte[] half = Arrays.copyOf(blob, blob.length / 2);
    Snapshot snapshot = snapshot(layers, each -> new ByteArrayInputStream(half));
    assertThatThrownBy(() -> layers.stack(snapshot))
        .hasMessageContaining("blob has the digest " + Digest.of(half) + ", expected");
    assertNothingUnpacked();
    assertThat(store.blobs().find(descriptor.digest())).isEmpty();
  }

  @Test
  void anArchiveThatTheConfigurationDoesNotNameIsRefused() throws IOException {
    DiffId real = diffId;
    diffId = new DiffId(Digest.of("other".getBytes(StandardCharsets.UTF_8)));
    LayerStore layers = layers(unpacking());
    Snapshot snapshot = snapshot(layers, registry());
    String message =
        "unpacks to " + real.digest() + ", but the image's configuration says " + diffId;
    assertThatThrownBy(() -> layers.stack(snapshot)).hasMessageContaining(message);
    assertNothingUnpacked();
    assertThatThrownBy(() -> lines(snapshot(layers(unpacking()), registry())))
        .hasMessageContaining(message);
    assertNothingUnpacked();
  }

  @Test
  void aFetchThatFailedIsTriedAgainByWhoAsksNext() throws IOException {
    AtomicInteger attempts = new AtomicInteger();
    LayerStore layers = layers(unpacking());
    Snapshot snapshot =
        snapshot(
            layers,
            each -> {
              if (attempts.getAndIncrement() == 0) {
                throw new IOException("no route to host");
              }
              return new ByteArrayInputStream(blob);
            });
    assertThatThrownBy(() -> lines(snapshot)).hasMessageContaining("no route to host");
    assertThat(lines(snapshot)).containsExactly(LINES);
  }
}
