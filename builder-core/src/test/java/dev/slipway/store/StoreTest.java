package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  @TempDir Path temp;

  @Test
  void isMadeForItsOwnerOnlyWithItsParents() throws IOException {
    Path cache = temp.resolve("a/b");
    try (Store store = Store.open(cache, InstantSource.system())) {
      assertThat(store.directory()).isEqualTo(cache.resolve("v1"));
      assertThat(Files.getPosixFilePermissions(store.directory()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(Files.getPosixFilePermissions(cache))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void makesNoFileThatOthersCanWrite() throws IOException {
    try (Store store = Store.open(temp, InstantSource.system())) {
      store.blobs().put("blob".getBytes(StandardCharsets.UTF_8));
      store.facts().put("tree", "00112233", new byte[10]);
      AllocatedDirectory made = store.directories().allocate();
      store.directories().commit(made, new LayerId("ab".repeat(32)), "root", 1);
      store.cacheMounts().acquire("id", CacheSharing.SHARED, false, () -> {}).close();
      try (Stream<Path> files = Files.walk(store.directory())) {
        for (Path file : (Iterable<Path>) files::iterator) {
          assertThat(Files.getPosixFilePermissions(file))
              .as(file.toString())
              .doesNotContain(PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);
        }
      }
    }
  }

  @Test
  void leavesTheFolderOfAnotherVersionAlone() throws IOException {
    Path other = Files.createDirectories(temp.resolve("v2/blobs"));
    Files.writeString(other.resolve("x"), "x");
    try (Store store = Store.open(temp, InstantSource.system())) {
      store.prune(PrunePolicy.everything(), new LocalDirectoryRemover());
    }
    assertThat(other.resolve("x")).hasContent("x");
  }

  @Test
  void opensMoreThanOnceInOneProcess() {
    try (Store one = Store.open(temp, InstantSource.system());
        Store two = Store.open(temp.resolve("."), InstantSource.system())) {
      one.facts().put("k", "00112233", new byte[] {1});
      assertThat(two.facts().find("k", "00112233")).contains(new byte[] {1});
    }
  }

  @Test
  void deletesTheTemporaryFilesThatItNamed() throws IOException {
    Path file;
    try (Store store = Store.open(temp, InstantSource.system())) {
      file = Files.writeString(store.temporaryFile(), "an archive, unpacked for a build");
      store.release();
      assertThat(file).exists();
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void leavesNothingTemporaryWhenClosed() {
    try (Store store = Store.open(temp, InstantSource.system())) {
      store.blobs().put(new byte[100]);
      store.facts().put("k", "00112233", new byte[] {1});
    }
    assertThat(List.of("tmp", "leases")).allSatisfy(this::isEmpty);
  }

  private void isEmpty(String folder) {
    assertThat(temp.resolve("v1").resolve(folder)).isEmptyDirectory();
  }

  @Test
  void isNotUsedWhenOthersCanWriteToIt() throws IOException {
    Store.open(temp, InstantSource.system()).close();
    Files.setPosixFilePermissions(temp.resolve("v1"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> Store.open(temp, InstantSource.system()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("can be written by others");
  }

  @Test
  void saysWhichDirectoryItCannotUse() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    assertThatThrownBy(() -> Store.open(file, InstantSource.system()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void knowsWithoutAScanWhetherItIsTooLarge() {
    try (Store store = Store.open(temp, InstantSource.system())) {
      store.blobs().put(new byte[100_000]);
      assertThat(store.needsPrune(90_000)).isTrue();
      assertThat(store.needsPrune(200_000)).isFalse();
    }
    try (Store again = Store.open(temp, InstantSource.system())) {
      assertThat(again.needsPrune(90_000)).isTrue();
      again.prune(PrunePolicy.everything(), new LocalDirectoryRemover());
      assertThat(again.needsPrune(0)).isFalse();
    }
  }
}
