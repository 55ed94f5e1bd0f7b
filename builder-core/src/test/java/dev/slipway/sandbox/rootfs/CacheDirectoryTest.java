package dev.slipway.sandbox.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.StepMount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class CacheDirectoryTest {
  private static final int STEPS = 4;
  private static final int ROUNDS = 300;

  @TempDir Path temp;

  @Test
  void allStepsThatFindACacheNewUseTheSame() throws Exception {
    ExecutorService steps = Executors.newFixedThreadPool(STEPS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Path cache = Files.createDirectory(temp.resolve("cache" + round));
        assertThat(inodes(cache, steps)).as("round %d", round).hasSize(1);
      }
    } finally {
      steps.shutdownNow();
    }
  }

  /** What each of several steps has mounted, as they are told at once. */
  private Set<Object> inodes(Path cache, ExecutorService steps) throws Exception {
    CyclicBarrier ready = new CyclicBarrier(STEPS);
    List<Future<Object>> seen = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      seen.add(
          steps.submit(
              () -> {
                ready.await();
                Path content = new CacheDirectory(mount(cache)).content(null);
                return Files.getAttribute(content, "unix:ino");
              }));
    }
    Set<Object> inodes = new TreeSet<>();
    for (Future<Object> each : seen) {
      inodes.add(each.get());
    }
    return inodes;
  }

  private StepMount.Cache mount(Path cache) throws Exception {
    int uid = (int) Files.getAttribute(temp, "unix:uid");
    int gid = (int) Files.getAttribute(temp, "unix:gid");
    return new StepMount.Cache("/c", cache, "", false, 0755, uid, gid, null, "");
  }
}
