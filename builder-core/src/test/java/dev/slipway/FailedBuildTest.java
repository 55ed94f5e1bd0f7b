package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.progress.Cancellation;
import dev.slipway.semantics.BuildLog;
import dev.slipway.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedBuildTest {
  private static final long LIMIT = 100_000;

  @TempDir Path directory;

  private BuilderSettings settings() {
    Properties properties = new Properties();
    properties.putAll(System.getProperties());
    properties.setProperty("user.home", directory.toString());
    BuilderSettings usual =
        BuilderSettings.of(
            Map.of("XDG_CACHE_HOME", directory.resolve("cache").toString()), properties);
    return new BuilderSettings(
        usual.storeDirectory(),
        LIMIT,
        usual.temporaryDirectory(),
        usual.environment(),
        usual.userHome(),
        usual.architecture(),
        usual.workerJvm(),
        usual.registries(),
        usual.clock());
  }

  @Test
  void aBuildThatFailsIsPrunedAfterAsWell() throws IOException {
    Path context = Files.createDirectory(directory.resolve("context"));
    byte[] noise = new byte[2 << 20];
    new Random(1).nextBytes(noise);
    Files.write(context.resolve("noise"), noise);
    BuildRequest request =
        BuildRequest.builder(new ContextSource.LocalDirectory(context))
            .dockerfile(
                new DockerfileSource.Text(
                    "Dockerfile", "FROM scratch\nCOPY noise /\nENTRYPOINT [\"/missing\"]\n"))
            .startCheck(StartCheckMode.ERROR)
            .build();

    try (ImageBuilder builder = ImageBuilder.open(settings())) {
      assertThatThrownBy(() -> builder.build(request, new BuildLog(), new Cancellation()))
          .isInstanceOf(BuildException.class)
          .hasMessageContaining("/missing");
    }

    try (Store store = Store.open(settings().storeDirectory(), Clock.systemUTC())) {
      assertThat(store.usage().totalBytes()).isLessThan(LIMIT);
    }
  }
}
