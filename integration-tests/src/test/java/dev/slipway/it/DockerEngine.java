package dev.slipway.it;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.slipway.it.Processes.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Docker engine of the tests' own: its data and its socket lie in a temporary folder, and it
 * touches neither the machine's firewall nor its bridges.
 */
public final class DockerEngine implements AutoCloseable {
  /**
   * The older store of images saves none without layers and none for Windows. Engines that have no
   * other do not know this and take it all the same.
   */
  private static final String CONTAINERD_STORE =
      "{\"features\": {\"containerd-snapshotter\": true}}";

  private final Path directory;
  private final Process process;
  private final StringBuffer log = new StringBuffer();

  private DockerEngine(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
    Processes.drain(process.getInputStream(), log);
    Processes.drain(process.getErrorStream(), log);
  }

  /** Starts one; skips the test by name where none can be started. */
  public static DockerEngine start() {
    Machine.requireRoot();
    Machine.require("dockerd", "docker");
    try {
      // Short: a socket's path has 107 bytes.
      Path directory = Files.createTempDirectory(Path.of("/tmp"), "sw-docker");
      Path settings = Files.writeString(directory.resolve("daemon.json"), CONTAINERD_STORE);
      Process process =
          Processes.command(
                  "dockerd",
                  "--config-file=" + settings,
                  "--iptables=false",
                  "--ip6tables=false",
                  "--bridge=none",
                  "--data-root=" + directory.resolve("data"),
                  "--exec-root=" + directory.resolve("exec"),
                  "--pidfile=" + directory.resolve("pid"),
                  "--host=unix://" + directory.resolve("sock"))
              .start();
      DockerEngine engine = new DockerEngine(directory, process);
      engine.awaitAnswer();
      return engine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer() {
    for (int i = 0; i < 300 && process.isAlive(); i++) {
      if (run("version").exitCode() == 0) {
        return;
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    close();
    abort("needs a Docker engine that starts: " + lastWords());
  }

  /** A command of the docker client, spoken to this engine. */
  public Ended run(String... words) {
    List<String> line = new ArrayList<>(List.of("docker", "--host", host()));
    line.addAll(List.of(words));
    return Processes.command(line).run();
  }

  /** Fails with its last words where it has ended. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new AssertionError("the Docker engine has ended: " + lastWords());
    }
  }

  private String lastWords() {
    String lines = log.toString();
    int panic = lines.indexOf("panic: ");
    return lines.substring(panic >= 0 ? panic : Math.max(0, lines.length() - 400));
  }

  public String host() {
    return "unix://" + directory.resolve("sock");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    unmountAll();
    Processes.command("rm", "-rf", "--one-file-system", directory.toString()).run();
  }

  /** An engine leaves its network's namespace mounted, and its data where it was killed. */
  private void unmountAll() {
    try {
      for (String mount : Files.readAllLines(Path.of("/proc/mounts"))) {
        String place = mount.split(" ")[1];
        if (place.startsWith(directory + "/")) {
          Processes.command("umount", "--lazy", place).run();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
