package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // A mount is held, not looked at.
class CacheMountsTest {
  @TempDir Path temp;
  private Store store;
  private CacheMounts mounts;

  @BeforeEach
  void open() {
    store = Store.open(temp, InstantSource.system());
    mounts = store.cacheMounts();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private CacheMount acquire(String id, CacheSharing sharing) {
    return mounts.acquire(
        id,
        sharing,
        false,
        () -> {
          throw new IllegalStateException("would wait");
        });
  }

  @Test
  void keepsItsContentBetweenUses() throws IOException {
    Path directory;
    try (CacheMount mount = acquire("/root/.m2", CacheSharing.SHARED)) {
      assertThat(mount.isNew()).isTrue();
      assertThat(mount.directory()).isEmptyDirectory().hasParent(store.directories().root());
      directory = Files.createFile(mount.directory().resolve("kept")).getParent();
    }
    for (CacheSharing sharing : CacheSharing.values()) {
      try (CacheMount mount = acquire("/root/.m2", sharing)) {
        assertThat(mount.isNew()).isFalse();
        assertThat(mount.directory()).isEqualTo(directory);
      }
    }
  }

  @Test
  void idsAreKeptApartWhateverTheyContain() {
    List<Path> directories = new ArrayList<>();
    for (String id : List.of("a", "../a", "a/b", "a\nb", "ü", "")) {
      try (CacheMount mount = acquire(id, CacheSharing.SHARED)) {
        directories.add(mount.directory());
      }
    }
    assertThat(directories).doesNotHaveDuplicates().allMatch(p -> p.getParent().endsWith("d"));
  }

  @Test
  void sharedUsersSeeOneDirectory() {
    try (CacheMount one = acquire("id", CacheSharing.SHARED);
        CacheMount two = acquire("id", CacheSharing.SHARED)) {
      assertThat(two.directory()).isEqualTo(one.directory());
    }
  }

  @Test
  void privateUsersGetDirectoriesOfTheirOwnAndReuseThem() {
    List<Path> first = new ArrayList<>();
    try (CacheMount one = acquire("id", CacheSharing.PRIVATE);
        CacheMount two = acquire("id", CacheSharing.PRIVATE)) {
      first.add(one.directory());
      first.add(two.directory());
    }
    assertThat(first).doesNotHaveDuplicates();
    try (CacheMount one = acquire("id", CacheSharing.PRIVATE);
        CacheMount two = acquire("id", CacheSharing.PRIVATE)) {
      assertThat(List.of(one.directory(), two.directory())).hasSameElementsAs(first);
    }
  }

  @Test
  void aLockedMountIsUsedByOneStepAtATime() throws Exception {
    AtomicInteger users = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int turn = 0; turn < 10; turn++) {
                  try (CacheMount mount =
                      mounts.acquire("id", CacheSharing.LOCKED, false, () -> {})) {
                    most.accumulateAndGet(users.incrementAndGet(), Math::max);
                    users.decrementAndGet();
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most).hasValue(1);
    assertThat(Files.list(store.directories().root())).hasSize(1);
  }

  @Test
  void waitingForALockedMountCanBeGivenUp() {
    try (CacheMount mount = acquire("id", CacheSharing.LOCKED)) {
      assertThatThrownBy(() -> acquire("id", CacheSharing.LOCKED)).hasMessage("would wait");
      assertThatThrownBy(() -> acquire("id", CacheSharing.SHARED)).hasMessage("would wait");
    }
    acquire("id", CacheSharing.LOCKED).close();
  }

  @Test
  void aFreshMountIsEmptyAndTakesThePlaceOfTheEarlierOne() throws IOException {
    Path old;
    Path fresh;
    try (CacheMount mount = acquire("id", CacheSharing.SHARED)) {
      old = Files.createFile(mount.directory().resolve("old")).getParent();
      try (CacheMount other = mounts.acquire("id", CacheSharing.SHARED, true, () -> {})) {
        assertThat(other.isNew()).isTrue();
        assertThat(other.directory()).isEmptyDirectory();
        fresh = Files.createFile(other.directory().resolve("new")).getParent();
      }
      store.prune(PrunePolicy.cap(Long.MAX_VALUE), new LocalDirectoryRemover());
      assertThat(old.resolve("old")).as("still in use").exists();
    }
    try (CacheMount mount = acquire("id", CacheSharing.SHARED)) {
      assertThat(mount.directory()).isEqualTo(fresh);
    }
    store.prune(PrunePolicy.cap(Long.MAX_VALUE), new LocalDirectoryRemover());
    assertThat(old).doesNotExist();
  }

  @Test
  void theRecordedSizeIsWhatUsageShows() {
    try (CacheMount mount = acquire("id", CacheSharing.SHARED)) {
      mount.recordSize(1_000_000);
    }
    assertThat(store.usage().of(EntryKind.CACHE_MOUNT))
        .isEqualTo(new Usage.Amount(1, Inventory.onDisk(1_000_000)));
  }

  @Test
  void aMountInUseIsNotPruned() {
    try (CacheMount mount = acquire("id", CacheSharing.SHARED)) {
      store.release();
      store.prune(PrunePolicy.everything(), new LocalDirectoryRemover());
      assertThat(mount.directory()).exists();
    }
    store.release();
    store.prune(PrunePolicy.everything(), new LocalDirectoryRemover());
    assertThat(store.directories().root()).isEmptyDirectory();
  }
}
