package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StoreBetweenProcessesTest {
  private static final LayerId LAYER = new LayerId("ab".repeat(32));
  private static final DirectoryRemover REMOVER = new LocalDirectoryRemover();

  @TempDir Path temp;

  private Store open() {
    return Store.open(temp, InstantSource.system());
  }

  @Test
  void whatAnotherProcessUsesIsNotPrunedUntilItIsKilled() throws Exception {
    Digest blob;
    try (Store store = open()) {
      blob = store.blobs().put(new byte[1]);
      store.directories().commit(store.directories().allocate(), LAYER, "root", 1);
    }
    FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(temp.resolve("v1/blobs/sha256/" + blob.hex()), longAgo);
    Files.setLastModifiedTime(temp.resolve("v1/layers/root/" + LAYER.hex()), longAgo);
    Process other = StoreProcess.start("use", temp);
    try (Store store = open()) {
      assertThat(StoreProcess.line(other)).isEqualTo("found");
      store.prune(PrunePolicy.everything(), REMOVER);
      assertThat(temp.resolve("v1/blobs/sha256/" + blob.hex())).exists();
      assertThat(store.directories().root()).isNotEmptyDirectory();

      other.destroyForcibly().waitFor();

      store.prune(PrunePolicy.everything(), REMOVER);
      assertThat(temp.resolve("v1/blobs/sha256/" + blob.hex())).doesNotExist();
      assertThat(store.directories().root()).isEmptyDirectory();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void aProcessKilledWhileWritingLeavesAUsableStoreAndItsGarbageIsSwept() throws Exception {
    for (int round = 0; round < 3; round++) {
      Process other = StoreProcess.start("write-for-ever", temp);
      try {
        assertThat(StoreProcess.line(other)).isEqualTo("writing");
        Thread.sleep(50 + 40L * round);
      } finally {
        other.destroyForcibly().waitFor();
      }
    }
    assertThat(temp.resolve("v1/tmp")).isNotEmptyDirectory();
    try (Store store = open()) {
      store.cacheMounts().acquire("mount", CacheSharing.LOCKED, false, this::refuseToWait).close();
      assertThat(store.facts().find("tree", "00112233")).isPresent();

      assertThat(store.needsPrune(Long.MAX_VALUE)).isTrue();

      PruneResult result = store.prune(PrunePolicy.cap(Long.MAX_VALUE), REMOVER);

      assertThat(store.needsPrune(Long.MAX_VALUE)).isFalse();
      assertThat(result.failures()).isZero();
      assertThat(result.removed().of(EntryKind.TEMPORARY).entries()).isPositive();
      assertThat(temp.resolve("v1/tmp")).isEmptyDirectory();
      assertEveryBlobIsWhole();
      assertEveryDirectoryIsRecorded(store);
    }
  }

  private void refuseToWait() {
    throw new IllegalStateException("would wait");
  }

  private void assertEveryBlobIsWhole() throws IOException {
    List<Path> blobs = Folder.list(temp.resolve("v1/blobs/sha256"));
    assertThat(blobs).isNotEmpty();
    for (Path blob : blobs) {
      assertThat(Digest.of(Files.readAllBytes(blob)).hex()).isEqualTo(Folder.name(blob));
    }
  }

  private static void assertEveryDirectoryIsRecorded(Store store) {
    Usage usage = store.usage();
    assertThat(Folder.list(store.directories().root()))
        .hasSize(
            (int)
                (usage.of(EntryKind.DIRECTORY).entries()
                    + usage.of(EntryKind.CACHE_MOUNT).entries()));
  }

  @Test
  void aMountLockedByAnotherProcessIsWaitedFor() throws Exception {
    Process other = StoreProcess.start("hold-mount", temp);
    try (Store store = open()) {
      String directory = StoreProcess.line(other);
      assertThatThrownBy(
              () ->
                  store
                      .cacheMounts()
                      .acquire("mount", CacheSharing.SHARED, false, this::refuseToWait))
          .hasMessage("would wait");
      other.getOutputStream().close();
      try (CacheMount mount =
          store.cacheMounts().acquire("mount", CacheSharing.LOCKED, false, () -> {})) {
        assertThat(mount.directory()).hasToString(directory);
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void processesThatLearnAtOnceKeepWhatBothLearnt() throws Exception {
    Process one = StoreProcess.start("learn", temp);
    Process two = StoreProcess.start("learn", temp);
    try {
      assertThat(StoreProcess.line(one)).isEqualTo("learnt");
      assertThat(StoreProcess.line(two)).isEqualTo("learnt");
      assertThat(one.waitFor()).isZero();
      assertThat(two.waitFor()).isZero();
    } finally {
      one.destroyForcibly().waitFor();
      two.destroyForcibly().waitFor();
    }
    try (Store store = open();
        FileDigestMemo memo = store.fileDigests("context")) {
      for (Process process : List.of(one, two)) {
        for (int turn = 0; turn < 20; turn++) {
          String path = "/" + process.pid() + "/" + turn;
          assertThat(memo.find(new FileIdentity(path, 1, 1, 1, 1))).as(path).isPresent();
        }
      }
    }
  }
}
