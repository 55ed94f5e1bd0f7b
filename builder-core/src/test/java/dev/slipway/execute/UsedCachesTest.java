package dev.slipway.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UsedCachesTest {
  private final ExecutorService platforms = Executors.newCachedThreadPool();
  private final UsedCaches caches = new UsedCaches();

  @AfterEach
  void end() {
    platforms.shutdownNow();
  }

  private boolean isFirst(String id) {
    return caches.take(id, isFirst -> isFirst);
  }

  @Test
  void whoComesSecondWaitsUntilTheFirstHasTheCache() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Void> emptied = new CompletableFuture<>();
    Future<Boolean> first =
        platforms.submit(
            () ->
                caches.take(
                    "go",
                    isFirst -> {
                      begun.countDown();
                      emptied.join();
                      return isFirst;
                    }));
    begun.await();
    Future<Boolean> second = platforms.submit(() -> isFirst("go"));

    assertThat(isFirst("npm")).isTrue();
    assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    emptied.complete(null);

    assertThat(first.get()).isTrue();
    assertThat(second.get()).isFalse();
  }

  @Test
  void aFirstThatFailsLeavesNobodyWaiting() {
    assertThatThrownBy(
            () ->
                caches.take(
                    "go",
                    isFirst -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(isFirst("go")).isFalse();
  }
}
