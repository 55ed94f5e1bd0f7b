package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every sample is built, taken by other programs, and run. */
class SamplesTest {
  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c-hello           | Hello from an image that holds one file.",
        "static-on-scratch | usage: app [--version]",
        "micro             | 1",
        "configure-make    | serving as web, meant for web",
        "python-app        | Hello, world!",
        "distroless        | 1970-01-01 01:00 CET nonroot",
      })
  void aSampleIsBuiltAndRuns(String name, String output) throws IOException {
    Path image = Sample.copy(name, WORKSPACE.directory()).archive(WORKSPACE.slipway());
    RuncBundle bundle = RuncBundle.unpack(image, WORKSPACE.directory());
    assertThat(bundle.run().orFail().text().lines().findFirst()).contains(output);
  }

  @Test
  void theImageOfCHelloHoldsOneFile() throws IOException {
    Path image = Sample.copy("c-hello", WORKSPACE.directory()).archive(WORKSPACE.slipway());
    RuncBundle bundle = RuncBundle.unpack(image, WORKSPACE.directory());
    try (Stream<Path> files = Files.walk(bundle.rootfs())) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactly("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"c-hello", "configure-make", "python-app"})
  void anOrdinaryUserBuildsIt(String name) throws IOException {
    OrdinaryUser user = WORKSPACE.user();
    assertThat(Sample.copy(name, user).archive(Slipway.as(user))).isRegularFile();
  }

  @Test
  void anImageGoesToARegistryAndIsPulledByOthers() throws IOException {
    Machine.require("skopeo");
    Sample sample = Sample.copy("c-hello", WORKSPACE.directory());
    try (Registry registry = Registry.start(WORKSPACE.directory())) {
      String name = registry.address() + "/samples/c-hello:1.0";
      sample.build(WORKSPACE.slipway(), "-t", name, "--push");
      Path layout = WORKSPACE.path("pulled");
      Processes.command(
              "skopeo", "copy", "--src-tls-verify=false", "docker://" + name, "dir:" + layout)
          .run()
          .orFail();
      assertThat(layout.resolve("manifest.json")).isRegularFile();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c-hello    | Hello from an image that holds one file.",
        "distroless | 1970-01-01 01:00 CET nonroot",
      })
  void aDockerEngineLoadsAndRunsIt(String name, String output) throws IOException {
    Sample sample = Sample.copy(name, WORKSPACE.directory());
    try (DockerEngine engine = DockerEngine.start()) {
      String tag = "slipway.test/" + name + ":1.0";
      Path archive = WORKSPACE.path("docker.tar");
      sample.build(WORKSPACE.slipway(), "-t", tag, "-o", "type=docker,dest=" + archive);
      engine.run("load", "--input", archive.toString()).orFail();
      assertThat(engine.run("run", "--rm", "--network=none", tag).orFail().text().strip())
          .isEqualTo(output);
    }
  }
}
