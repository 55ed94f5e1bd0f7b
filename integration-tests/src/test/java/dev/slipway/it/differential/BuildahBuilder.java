package dev.slipway.it.differential;

import dev.slipway.it.Machine;
import dev.slipway.it.Processes;
import dev.slipway.it.Processes.Ended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** buildah, with a store of the test's own. */
record BuildahBuilder(Path store) implements Builder {
  private static final Path MEMORY = Path.of("/dev/shm");

  /** Skips by name where it is missing or this is not root. */
  static BuildahBuilder find() {
    Machine.requireRoot();
    Machine.require("buildah");
    try {
      // It writes everything through to the disk, which takes most of its time.
      return new BuildahBuilder(
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, "sw-buildah")
              : Files.createTempDirectory("sw-buildah"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return "buildah";
  }

  @Override
  public String version() {
    return Processes.command("buildah", "--version").run().orFail().text().split(" ")[2];
  }

  @Override
  public String build(Path directory, List<String> said, String tag, Path archive) {
    List<String> words = new ArrayList<>(List.of("build", "--isolation=chroot"));
    words.addAll(List.of("--tls-verify=false", "--format=docker", "--quiet", "-t", tag));
    words.addAll(said);
    Ended built = buildah(directory, words);
    if (built.exitCode() != 0) {
      return built.toString();
    }
    Ended pushed = buildah(directory, List.of("push", "-q", tag, "oci-archive:" + archive));
    return pushed.exitCode() == 0 ? null : pushed.toString();
  }

  private Ended buildah(Path directory, List<String> words) {
    List<String> line = new ArrayList<>();
    line.add("buildah");
    line.addAll(List.of("--root", store.resolve("root").toString()));
    line.addAll(List.of("--runroot", store.resolve("run").toString()));
    // vfs works on every file system, overlay in overlay does not
    line.addAll(List.of("--storage-driver", "vfs"));
    line.addAll(words);
    return Processes.command(line).in(directory).run();
  }

  @Override
  public void close() {
    Processes.command("rm", "-rf", "--one-file-system", store.toString()).run();
    // In its chroot isolation a step of the corpus writes to the machine's own shared memory.
    Processes.command("rm", "-f", MEMORY.resolve("x").toString()).run();
  }
}
