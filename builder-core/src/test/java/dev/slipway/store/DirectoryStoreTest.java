package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryStoreTest {
  private static final LayerId LAYER = new LayerId("0f".repeat(32));
  private static final DirectoryRemover REMOVER = new LocalDirectoryRemover();

  @TempDir Path temp;
  private Store store;
  private DirectoryStore directories;

  @BeforeEach
  void open() {
    store = Store.open(temp, InstantSource.system());
    directories = store.directories();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private UnpackedDirectory unpack(String idMapping, String content) throws IOException {
    AllocatedDirectory made = directories.allocate();
    Files.writeString(made.path().resolve("file"), content);
    return directories.commit(made, LAYER, idMapping, 4096);
  }

  @Test
  void aDirectoryIsFoundOnceItIsCommitted() throws IOException {
    AllocatedDirectory made = directories.allocate();
    assertThat(made.path()).isEmptyDirectory().hasParent(directories.root());
    assertThat(Files.getPosixFilePermissions(made.path()))
        .isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(directories.find(LAYER, "root")).isEmpty();

    UnpackedDirectory committed = directories.commit(made, LAYER, "root", 12345);

    assertThat(committed).isEqualTo(new UnpackedDirectory(made.shortName(), made.path(), 12345));
    assertThat(directories.find(LAYER, "root")).contains(committed);
    assertThat(temp.resolve("v1/tmp")).isEmptyDirectory();
  }

  @Test
  void idMappingsAreKeptApart() throws IOException {
    UnpackedDirectory root = unpack("root", "a");
    UnpackedDirectory user = unpack("user-1000-100000-65536", "b");
    assertThat(directories.find(LAYER, "root")).contains(root);
    assertThat(directories.find(LAYER, "user-1000-100000-65536")).contains(user);
  }

  @Test
  void theFirstOfTwoCommitsCounts() throws IOException {
    UnpackedDirectory first = unpack("root", "first");
    assertThat(unpack("root", "second")).isEqualTo(first);
    assertThat(directories.root()).isDirectoryContaining(p -> p.equals(first.path()));

    store.release();
    PruneResult result = store.prune(PrunePolicy.cap(Long.MAX_VALUE), REMOVER);

    assertThat(result.failures()).isZero();
    assertThat(Files.list(directories.root())).containsExactly(first.path());
    assertThat(directories.find(LAYER, "root")).contains(first);
  }

  @Test
  void manyLowerDirectoriesFitIntoOnePage() {
    StringBuilder option = new StringBuilder("lowerdir=");
    for (int i = 0; i < 127; i++) {
      option.append(i == 0 ? "" : ":").append(directories.allocate().shortName());
    }
    assertThat(option.length()).isLessThan(2048);
  }

  @Test
  void aDiscardedDirectoryIsGoneWithItsWorkDirectory() throws IOException {
    AllocatedDirectory made = directories.allocate();
    Files.createDirectories(made.path().resolve("a/b"));
    Files.createDirectories(made.work().resolve("work"));
    directories.discard(made, REMOVER);
    assertThat(made.path()).doesNotExist();
    assertThat(made.work()).doesNotExist();
    assertThat(temp.resolve("v1/tmp")).isEmptyDirectory();
  }

  @Test
  void discardingACommittedDirectoryDoesNothing() {
    AllocatedDirectory made = directories.allocate();
    directories.commit(made, LAYER, "root", 0);
    directories.discard(made, REMOVER);
    assertThat(made.path()).exists();
  }

  @Test
  void aDamagedRecordIsAMissAndItsDirectoryGarbage() throws IOException {
    UnpackedDirectory directory = unpack("root", "x");
    Path record = temp.resolve("v1/layers/root/" + LAYER.hex());
    byte[] good = Files.readAllBytes(record);
    for (int length = 0; length < good.length; length++) {
      Files.write(record, Arrays.copyOf(good, length));
      assertThat(directories.find(LAYER, "root")).as("cut to %d", length).isEmpty();
    }
    Files.writeString(record, "directory 1\n../../../x\n1\nroot\n");
    assertThat(directories.find(LAYER, "root")).isEmpty();

    store.release();
    store.prune(PrunePolicy.cap(Long.MAX_VALUE), REMOVER);
    assertThat(directory.path()).doesNotExist();

    UnpackedDirectory again = unpack("root", "again");
    assertThat(directories.find(LAYER, "root")).contains(again);
  }

  @Test
  void aRecordWithoutItsDirectoryIsAMiss() throws IOException {
    UnpackedDirectory directory = unpack("root", "x");
    REMOVER.remove(directory.path());
    assertThat(directories.find(LAYER, "root")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", ".hidden", "a\nb", "ü"})
  void refusesIdMappingsThatAreNoPlainNames(String idMapping) {
    assertThatThrownBy(() -> directories.find(LAYER, idMapping))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void removesWhatLinksPointToNever() throws IOException {
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "x");
    AllocatedDirectory made = directories.allocate();
    Path closed = Files.createDirectories(made.path().resolve("closed"));
    Files.createSymbolicLink(closed.resolve("link"), outside);
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    directories.discard(made, REMOVER);
    assertThat(made.path()).doesNotExist();
    assertThat(outside.resolve("precious")).exists();
  }
}
