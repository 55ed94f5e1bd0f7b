package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestMemoTest {
  private static final Instant LATER = Instant.parse("2026-01-01T00:00:00Z");
  private static final FileIdentity FILE =
      new FileIdentity("/src/a", 7, 100, 1_000_000_000_000_000_001L, 1_000_000_000_000_000_002L);
  private static final Digest DIGEST = digest(1);

  @TempDir Path temp;
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(temp, InstantSource.system());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Digest digest(int of) {
    return Digest.of(Integer.toString(of).getBytes(StandardCharsets.UTF_8));
  }

  private static FileIdentity file(int number) {
    return new FileIdentity("/src/" + number, number, 5, 6, 7);
  }

  private void remember(int from, int to) {
    try (FileDigestMemo memo = store.fileDigests("context")) {
      for (int i = from; i < to; i++) {
        memo.remember(file(i), digest(i), LATER);
      }
    }
  }

  private void assertKnown(int from, int to) {
    try (FileDigestMemo memo = store.fileDigests("context")) {
      for (int i = from; i < to; i++) {
        assertThat(memo.find(file(i))).as("%d", i).contains(digest(i));
      }
    }
  }

  @Test
  void remembersWithinABuildAndForTheNextOne() {
    try (FileDigestMemo memo = store.fileDigests("context")) {
      assertThat(memo.find(FILE)).isEmpty();
      memo.remember(FILE, DIGEST, LATER);
      assertThat(memo.find(FILE)).contains(DIGEST);
    }
    try (FileDigestMemo memo = store.fileDigests("context");
        FileDigestMemo other = store.fileDigests("other context")) {
      assertThat(memo.find(FILE)).contains(DIGEST);
      assertThat(other.find(FILE)).isEmpty();
    }
  }

  @Test
  void anyDifferenceInIdentityIsAMiss() {
    FileIdentity f = FILE;
    long mtime = f.mtimeNanos();
    long ctime = f.ctimeNanos();
    try (FileDigestMemo memo = store.fileDigests("context")) {
      memo.remember(FILE, DIGEST, LATER);
      assertThat(memo.find(new FileIdentity("/src/b", 7, 100, mtime, ctime))).isEmpty();
      assertThat(memo.find(new FileIdentity("/src/a", 8, 100, mtime, ctime))).isEmpty();
      assertThat(memo.find(new FileIdentity("/src/a", 7, 101, mtime, ctime))).isEmpty();
      assertThat(memo.find(new FileIdentity("/src/a", 7, 100, mtime + 1, ctime))).isEmpty();
      assertThat(memo.find(new FileIdentity("/src/a", 7, 100, mtime, ctime + 1))).isEmpty();
    }
  }

  @Test
  void aFileChangedJustBeforeItWasReadIsNotTrusted() {
    long ctime = FILE.ctimeNanos();
    Instant changed = Instant.ofEpochSecond(ctime / 1_000_000_000L, ctime % 1_000_000_000L);
    try (FileDigestMemo memo = store.fileDigests("context")) {
      for (Instant taken :
          new Instant[] {changed.minusSeconds(9), changed, changed.plusMillis(49)}) {
        memo.remember(FILE, DIGEST, taken);
        assertThat(memo.find(FILE)).as("taken %s", taken).isEmpty();
      }
      memo.remember(FILE, DIGEST, changed.plusMillis(51));
      assertThat(memo.find(FILE)).contains(DIGEST);
    }
  }

  @Test
  void timesInWholeSecondsAreTrustedLater() {
    FileIdentity whole = new FileIdentity("/src/a", 7, 100, 5, 1_000_000_000_000_000_000L);
    Instant changed = Instant.ofEpochSecond(1_000_000_000L);
    try (FileDigestMemo memo = store.fileDigests("context")) {
      memo.remember(whole, DIGEST, changed.plusSeconds(2));
      assertThat(memo.find(whole)).isEmpty();
      memo.remember(whole, DIGEST, changed.plusSeconds(3));
      assertThat(memo.find(whole)).isPresent();
    }
  }

  @Test
  void growsByAppendingAndByRewriting() {
    for (int i = 0; i < 3000; i += 150) {
      remember(i, i + 150);
      assertKnown(0, i + 150);
    }
  }

  @Test
  void whatIsTooMuchForMemoryIsRememberedToo() throws IOException {
    remember(0, 60_000);
    assertKnown(0, 60_000);
    remember(50_000, 70_000);
    assertKnown(0, 70_000);
    assertThat(Folder.list(temp.resolve("v1/tmp"))).isEmpty();
  }

  @Test
  void aPruneWhileItLearnsCostsOnlyWhatWasSetAside() {
    int many = 20_000;
    try (FileDigestMemo memo = store.fileDigests("context")) {
      for (int i = 0; i < many; i++) {
        memo.remember(file(i), digest(i), LATER);
      }
      store.release();
      store.prune(PrunePolicy.everything(), new LocalDirectoryRemover());
    }
    assertKnown(many - 1000, many);
  }

  @Test
  void aPruneWhileMoreIsSetAsideFailsNothing() {
    int many = 60_000;
    try (FileDigestMemo memo = store.fileDigests("context")) {
      for (int i = 0; i < many; i++) {
        memo.remember(file(i), digest(i), LATER);
        if (i == 20_000) {
          store.release();
          store.prune(PrunePolicy.everything(), new LocalDirectoryRemover());
        }
      }
    }
    assertKnown(many - 1000, many);
  }

  @Test
  void aDiskThatTakesNothingFailsNothing() throws IOException {
    Files.delete(temp.resolve("v1/memos"));
    Files.createFile(temp.resolve("v1/memos"));

    remember(0, 10);

    assertThat(Folder.list(temp.resolve("v1/tmp"))).isEmpty();
  }

  @Test
  void aChangedFileTakesThePlaceOfItsEarlierSelf() throws IOException {
    for (int turn = 1; turn <= 40; turn++) {
      try (FileDigestMemo memo = store.fileDigests("context")) {
        for (int i = 0; i < 100; i++) {
          memo.remember(new FileIdentity("/src/" + i, 1, 5, turn, turn), digest(turn), LATER);
        }
      }
      try (FileDigestMemo memo = store.fileDigests("context")) {
        assertThat(memo.find(new FileIdentity("/src/7", 1, 5, turn, turn))).contains(digest(turn));
        assertThat(memo.find(new FileIdentity("/src/7", 1, 5, turn - 1, turn - 1))).isEmpty();
      }
    }
    assertThat(Files.size(Folder.list(temp.resolve("v1/memos")).get(0))).isLessThan(100_000);
  }

  @Test
  void damageIsAMissAndNeverAWrongDigest() throws IOException {
    remember(0, 300);
    remember(300, 400);
    Path file = Folder.list(temp.resolve("v1/memos")).get(0);
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(5);
    for (int round = 0; round < 60; round++) {
      byte[] bad = Arrays.copyOf(good, round % 3 == 0 ? random.nextInt(good.length) : good.length);
      for (int i = 0; i < 20 && bad.length > 0; i++) {
        bad[round % 4 == 1 ? random.nextInt(16) : random.nextInt(bad.length)] ^= 0x40;
      }
      Files.delete(file);
      Files.write(file, bad);
      try (FileDigestMemo memo = store.fileDigests("context")) {
        for (int i = 0; i < 400; i++) {
          int number = i;
          memo.find(file(i)).ifPresent(d -> assertThat(d).isEqualTo(digest(number)));
        }
      }
    }
    remember(0, 400);
    assertKnown(0, 400);
  }

  @Test
  void aHalfWrittenRecordDoesNotShiftTheNext() throws IOException {
    remember(0, 300);
    Path file = Folder.list(temp.resolve("v1/memos")).get(0);
    Files.write(file, new byte[33], StandardOpenOption.APPEND);
    remember(300, 310);
    assertKnown(0, 310);
  }

  @Test
  void tenThousandFilesLoadQuickly() {
    remember(0, 10_000);
    assertKnown(0, 10_000);
    long start = System.nanoTime();
    assertKnown(0, 10_000);
    // Includes hashing the expected digests; generous, because machines are shared.
    assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
  }
}
