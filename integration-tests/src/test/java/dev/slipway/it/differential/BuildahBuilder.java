package dev.slipway.it.differential;

import dev.slipway.it.Machine;
import dev.slipway.it.Processes;
import dev.slipway.it.Processes.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** buildah, with a store of the test's own. */
record BuildahBuilder(Path directory) implements Builder {
  /** Skips by name where it is missing or this is not root. */
  static BuildahBuilder find(Path directory) {
    Machine.requireRoot();
    Machine.require("buildah");
    return new BuildahBuilder(directory);
  }

  @Override
  public String name() {
    return "buildah";
  }

  @Override
  public String build(Path context, List<String> options, String tag, Path archive) {
    List<String> words = new ArrayList<>(List.of("build", "--isolation=chroot", "--layers"));
    words.addAll(List.of("--tls-verify=false", "--format=docker", "--quiet", "-t", tag));
    words.addAll(options);
    words.add(".");
    Ended built = buildah(context, words);
    if (built.exitCode() != 0) {
      return built.toString();
    }
    buildah(context, List.of("push", "-q", tag, "oci-archive:" + archive)).orFail();
    return null;
  }

  private Ended buildah(Path context, List<String> words) {
    List<String> line = new ArrayList<>();
    line.add("buildah");
    line.addAll(List.of("--root", directory.resolve("root").toString()));
    line.addAll(List.of("--runroot", directory.resolve("run").toString()));
    // vfs works on every file system, overlay in overlay does not
    line.addAll(List.of("--storage-driver", "vfs"));
    line.addAll(words);
    return Processes.command(line).in(context).run();
  }
}
