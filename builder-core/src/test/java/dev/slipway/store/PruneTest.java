package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneTest {
  private static final Instant NOW = Instant.now();
  private static final DirectoryRemover REMOVER = new LocalDirectoryRemover();
  private static final long BLOCK = 4096;

  @TempDir Path temp;

  private Store open() {
    return Store.open(temp, InstantSource.fixed(NOW));
  }

  private static Digest blob(Store store, int size, int content) {
    byte[] bytes = new byte[size];
    bytes[0] = (byte) content;
    return store.blobs().put(bytes);
  }

  private void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
  }

  private void ageBlob(Digest digest, Duration age) throws IOException {
    age(temp.resolve("v1/blobs/sha256/" + digest.hex()), age);
  }

  @Test
  void deletesWhatWasUsedLongestAgoDownToTheCap() throws IOException {
    Digest[] blobs = new Digest[4];
    try (Store store = open()) {
      for (int i = 0; i < 4; i++) {
        blobs[i] = blob(store, 4000, i);
      }
    }
    for (int i = 0; i < 4; i++) {
      ageBlob(blobs[i], Duration.ofHours(i == 2 ? 9 : 1 + i));
    }
    try (Store store = open()) {
      PruneResult result = store.prune(PrunePolicy.cap(2 * BLOCK), REMOVER);
      assertThat(result.removed().of(EntryKind.BLOB)).isEqualTo(new Usage.Amount(2, 2 * BLOCK));
      assertThat(result.left().totalBytes()).isEqualTo(2 * BLOCK);
      assertThat(store.blobs().find(blobs[0])).isPresent();
      assertThat(store.blobs().find(blobs[1])).isPresent();
      assertThat(store.blobs().find(blobs[2])).isEmpty();
      assertThat(store.blobs().find(blobs[3])).isEmpty();
    }
  }

  @Test
  void deletesWhatOlderWorkersWereStartedFrom() throws IOException {
    Path old;
    Path present;
    try (Store store = open()) {
      old = Files.write(store.workerDirectory().resolve("worker-1.jar"), new byte[4000]);
      present = Files.write(store.workerDirectory().resolve("worker-2.jar"), new byte[4000]);
      Files.createDirectories(store.workerDirectory().resolve("scratch/roots"));
      assertThat(store.usage().of(EntryKind.WORKER)).isEqualTo(new Usage.Amount(2, 2 * BLOCK));
    }
    age(old, Duration.ofDays(2));
    age(present, Duration.ofDays(1));
    try (Store store = open()) {
      store.prune(PrunePolicy.cap(BLOCK), REMOVER);
      assertThat(old).doesNotExist();
      assertThat(present).exists();

      store.workerDirectory();
      Files.setLastModifiedTime(present, FileTime.from(Instant.now()));
      store.prune(PrunePolicy.everything(), REMOVER);
      assertThat(present).exists();
    }
    try (Store store = open()) {
      PruneResult result = store.prune(PrunePolicy.everything(), REMOVER);
      assertThat(present).doesNotExist();
      assertThat(result.left().totalBytes()).isZero();
    }
  }

  @Test
  void keepsTreesLongerThanBlobs() throws IOException {
    Digest blob;
    try (Store store = open()) {
      blob = blob(store, 4000, 1);
      store.facts().put("tree", "00112233", new byte[4000]);
    }
    ageBlob(blob, Duration.ofDays(1));
    age(temp.resolve("v1/facts/tree/00/112233"), Duration.ofDays(20));
    try (Store store = open()) {
      store.prune(PrunePolicy.cap(BLOCK), REMOVER);
      assertThat(store.blobs().find(blob)).isEmpty();
      assertThat(store.facts().find("tree", "00112233")).isPresent();
      store.prune(PrunePolicy.cap(0), REMOVER);
    }
  }

  @Test
  void deletesWhatWasNotUsedForSoLong() throws IOException {
    Digest old;
    Digest young;
    try (Store store = open()) {
      old = blob(store, 10, 1);
      young = blob(store, 10, 2);
    }
    ageBlob(old, Duration.ofDays(8));
    ageBlob(young, Duration.ofDays(6));
    try (Store store = open()) {
      store.prune(new PrunePolicy(Long.MAX_VALUE, false, Duration.ofDays(7)), REMOVER);
      assertThat(store.blobs().find(old)).isEmpty();
      assertThat(store.blobs().find(young)).isPresent();
    }
  }

  @Test
  void whatARunningBuildMadeOrFoundStays() throws IOException {
    Digest found;
    Digest unused;
    LayerId layer = new LayerId("ab".repeat(32));
    try (Store store = open()) {
      found = blob(store, 10, 1);
      unused = blob(store, 10, 2);
      store.directories().commit(store.directories().allocate(), layer, "root", 5);
    }
    ageBlob(found, Duration.ofDays(8));
    ageBlob(unused, Duration.ofDays(8));
    age(temp.resolve("v1/layers/root/" + layer.hex()), Duration.ofDays(8));
    try (Store build = open();
        Store pruning = open()) {
      Digest made = blob(build, 10, 3);
      AllocatedDirectory allocated = build.directories().allocate();
      assertThat(build.blobs().find(found)).isPresent();
      Path directory = build.directories().find(layer, "root").orElseThrow().path();
      BlobWriter writing = build.blobs().writer();

      pruning.prune(PrunePolicy.everything(), REMOVER);

      assertThat(build.blobs().find(made)).isPresent();
      assertThat(build.blobs().find(found)).isPresent();
      assertThat(build.blobs().find(unused)).isEmpty();
      assertThat(directory).exists();
      assertThat(allocated.path()).exists();
      assertThat(writing.file()).exists();
      writing.close();

      build.release();
      pruning.prune(PrunePolicy.everything(), REMOVER);
      assertThat(build.blobs().find(made)).isEmpty();
      assertThat(directory).doesNotExist();
      assertThat(allocated.path()).doesNotExist();
    }
  }

  @Test
  void aClockThatWentBackDoesNotEndProtection() throws IOException {
    Digest blob;
    try (Store store = open()) {
      blob = blob(store, 10, 1);
    }
    ageBlob(blob, Duration.ofDays(20_000));
    try (Store build = Store.open(temp, InstantSource.fixed(Instant.EPOCH));
        Store pruning = open()) {
      assertThat(build.blobs().find(blob)).isPresent();
      pruning.prune(PrunePolicy.everything(), REMOVER);
      assertThat(build.blobs().find(blob)).isPresent();
    }
  }

  @Test
  void aDirectoryThatCannotBeDeletedIsTriedAgain() {
    LayerId layer = new LayerId("ab".repeat(32));
    Path path;
    try (Store store = open()) {
      path = store.directories().allocate().path();
      store.directories().commit(store.directories().allocate(), layer, "root", 5);
    }
    try (Store store = open()) {
      PruneResult failed =
          store.prune(
              PrunePolicy.everything(),
              directory -> {
                throw new IOException("not mine");
              });
      assertThat(failed.failures()).isPositive();
      assertThat(store.directories().find(layer, "root")).isEmpty();
      assertThat(path).exists();
      store.release();
      assertThat(store.prune(PrunePolicy.cap(Long.MAX_VALUE), REMOVER).failures()).isZero();
      assertThat(store.directories().root()).isEmptyDirectory();
    }
  }

  @Test
  void anEmptyStoreIsEmptyAfterwards() throws IOException {
    try (Store store = open()) {
      PruneResult result = store.prune(PrunePolicy.everything(), REMOVER);
      assertThat(result.removed().totalBytes()).isZero();
      assertThat(result.left().totalBytes()).isZero();
    }
  }

  @Test
  void usageTellsTheKindsApart() {
    try (Store store = open()) {
      blob(store, 5000, 1);
      store.facts().put("tree", "00112233", new byte[10]);
      store
          .directories()
          .commit(store.directories().allocate(), new LayerId("ab".repeat(32)), "root", 10 * BLOCK);
      Usage usage = store.usage();
      assertThat(usage.of(EntryKind.BLOB)).isEqualTo(new Usage.Amount(1, 2 * BLOCK));
      assertThat(usage.of(EntryKind.FACT)).isEqualTo(new Usage.Amount(1, BLOCK));
      assertThat(usage.of(EntryKind.DIRECTORY)).isEqualTo(new Usage.Amount(1, 10 * BLOCK));
      assertThat(usage.of(EntryKind.CACHE_MOUNT)).isEqualTo(new Usage.Amount(0, 0));
    }
  }
}
