package dev.slipway.it.differential;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.it.DockerEngine;
import dev.slipway.it.Machine;
import dev.slipway.it.Processes;
import dev.slipway.it.Processes.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The BuildKit inside a Docker engine: the one that DOCKER_HOST names, or one of the test's own.
 */
final class DockerBuilder implements Builder {
  private final String client;
  private final String host;
  private final DockerEngine engine;

  private DockerBuilder(String client, String host, DockerEngine engine) {
    this.client = client;
    this.host = host;
    this.engine = engine;
  }

  /** Skips by name where there is none. */
  static DockerBuilder start() {
    String client = client();
    assumeTrue(client != null, "needs a docker client with BuildKit (docker buildx)");
    String said = System.getenv("DOCKER_HOST");
    if (said != null) {
      return new DockerBuilder(client, said, null);
    }
    DockerEngine engine = DockerEngine.start();
    return new DockerBuilder(client, engine.host(), engine);
  }

  // Clients since 23 need a plugin to speak to BuildKit, those before had it built in.
  private static String client() {
    if (!Machine.has("docker")) {
      return null;
    }
    for (String each : List.of("docker", "/usr/bin/docker")) {
      boolean there = each.equals("docker") || Files.isExecutable(Path.of(each));
      if (there && Processes.command(each, "buildx", "version").run().exitCode() == 0
          || there && Processes.command(each, "--version").run().text().contains(" 20.")) {
        return each;
      }
    }
    return null;
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public String version() {
    return docker(Path.of("/"), List.of("version", "--format", "{{.Server.Version}}"))
        .orFail()
        .text()
        .strip();
  }

  @Override
  public String build(Path directory, List<String> said, String tag, Path archive) {
    List<String> words = new ArrayList<>(List.of("build", "--network=host", "-q", "-t", tag));
    words.addAll(said);
    Ended built = docker(directory, words);
    if (engine != null) {
      engine.requireAlive();
    }
    if (built.exitCode() != 0) {
      return built.toString();
    }
    Ended saved = docker(directory, List.of("save", "-o", archive.toString(), tag));
    return saved.exitCode() == 0 ? null : saved.toString();
  }

  private Ended docker(Path directory, List<String> words) {
    List<String> line = new ArrayList<>(List.of(client, "--host", host));
    line.addAll(words);
    return Processes.command(line)
        .in(directory)
        .with("DOCKER_BUILDKIT", "1")
        .with("BUILDX_NO_DEFAULT_ATTESTATIONS", "1")
        .run();
  }

  @Override
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }
}
