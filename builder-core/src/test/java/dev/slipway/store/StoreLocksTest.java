package dev.slipway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoreLocksTest {
  @TempDir Path temp;
  private StoreLocks locks;

  @BeforeEach
  void open() throws IOException {
    locks = StoreLocks.of(Files.createFile(temp.resolve("lock")));
  }

  @AfterEach
  void close() {
    locks.release();
  }

  @Test
  void oneFileHasOneSetOfLocksUnderWhateverName() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("lock"));
    StoreLocks other = StoreLocks.of(link);
    assertThat(other).isSameAs(locks);
    other.release();
    assertThat(locks.tryLock(5, false)).as("the channel is still open").isTrue();
    locks.unlock(5);
  }

  @Test
  void sharedLocksCountTheirHolders() {
    assertThat(locks.tryLock(5, true)).isTrue();
    assertThat(locks.tryLock(5, true)).isTrue();
    assertThat(locks.tryLock(5, false)).isFalse();
    assertThat(locks.tryLock(6, false)).isTrue();
    locks.unlock(5);
    assertThat(locks.tryLock(5, false)).isFalse();
    locks.unlock(5);
    assertThat(locks.tryLock(5, false)).isTrue();
    assertThat(locks.tryLock(5, true)).isFalse();
    locks.unlock(5);
    locks.unlock(6);
    assertThatThrownBy(() -> locks.unlock(5)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anyOrderOfOperationsAgreesWithAModel() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      // Above 0: holders of the shared lock; -1: exclusive.
      int[] model = new int[4];
      for (int i = 0; i < 500; i++) {
        int position = random.nextInt(4);
        int state = model[position];
        if (state != 0 && random.nextBoolean()) {
          locks.unlock(position);
          model[position] = Math.max(0, state - 1);
        } else {
          boolean shared = random.nextInt(3) > 0;
          boolean expected = state == 0 || shared && state > 0;
          assertThat(locks.tryLock(position, shared)).as("seed %d", seed).isEqualTo(expected);
          if (expected) {
            model[position] = shared ? state + 1 : -1;
          }
        }
      }
      for (int position = 0; position < 4; position++) {
        for (int left = Math.abs(model[position]); left > 0; left--) {
          locks.unlock(position);
        }
      }
    }
  }

  @Test
  void threadsAreKeptApart() throws InterruptedException {
    AtomicIntegerArray readers = new AtomicIntegerArray(2);
    AtomicIntegerArray writers = new AtomicIntegerArray(2);
    AtomicInteger violations = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      Random random = new Random(t);
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 200; i++) {
                  int position = random.nextInt(2);
                  boolean shared = random.nextBoolean();
                  locks.lock(position, shared);
                  AtomicIntegerArray mine = shared ? readers : writers;
                  int sameKind = mine.incrementAndGet(position);
                  if (writers.get(position) > (shared ? 0 : 1) || !shared && sameKind > 1) {
                    violations.incrementAndGet();
                  }
                  if (!shared && readers.get(position) > 0) {
                    violations.incrementAndGet();
                  }
                  mine.decrementAndGet(position);
                  locks.unlock(position);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(violations).hasValue(0);
  }

  @Test
  void anInterruptEndsTheWaitingAndSparesTheChannel() throws InterruptedException {
    locks.lock(5, false);
    AtomicInteger failures = new AtomicInteger();
    Thread thread =
        new Thread(
            () -> {
              try {
                locks.lock(5, false);
              } catch (StoreException e) {
                failures.incrementAndGet();
              }
            });
    thread.start();
    thread.interrupt();
    thread.join();
    assertThat(failures).hasValue(1);
    locks.unlock(5);
    assertThat(locks.tryLock(5, false)).isTrue();
    locks.unlock(5);
  }

  @Test
  void namesAndLeasesDoNotMeet() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      long lease = StoreLocks.lease(random.nextLong());
      long name = StoreLocks.name("name" + i);
      assertThat(lease).isBetween(1L << 60, (1L << 61) - 1);
      assertThat(name).isBetween(1L << 61, (1L << 62) - 1);
    }
  }
}
