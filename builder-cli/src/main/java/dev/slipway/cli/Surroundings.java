package dev.slipway.cli;

import dev.slipway.cli.build.CacheOptions;
import dev.slipway.cli.build.RequestReader;
import dev.slipway.cli.options.Arguments;
import dev.slipway.oci.Platform;
import dev.slipway.progress.Cancellation;
import dev.slipway.worker.WorkerJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the program reads of the world around it, apart from files that it is told to read.
 *
 * @param workingDirectory absolute; relative paths of the command line start here
 * @param workerJvm what runs the helper process
 * @param architecture the machine's, as Java names it
 * @param cancellation cancelled when the program is asked to end, as by Ctrl-C
 */
record Surroundings(
    Map<String, String> environment,
    Path workingDirectory,
    Path temporaryDirectory,
    @Nullable Path home,
    WorkerJvm workerJvm,
    String javaVersion,
    String architecture,
    StandardStreams streams,
    Clocks clocks,
    Cancellation cancellation) {

  private static final String SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

  /** A variable of the environment; null where it is not set or empty. */
  @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** The directories of {@code PATH} in order, then those of the system, which may be missing. */
  List<Path> searchPath() {
    List<Path> directories = new ArrayList<>();
    String path = environment.getOrDefault("PATH", "") + File.pathSeparator + SYSTEM_PATH;
    for (String directory : path.split(File.pathSeparator)) {
      if (!directory.isEmpty()) {
        directories.add(path(directory));
      }
    }
    return directories;
  }

  /** A path of the command line, made absolute. */
  Path path(String written) {
    return workingDirectory.resolve(written).normalize();
  }

  /** An image as the command line names it: an archive or layout that is there, or a name. */
  String image(String written) {
    Path path = written.contains("://") ? null : path(written);
    return path != null && Files.exists(path) ? path.toString() : written;
  }

  /** The machine's own. */
  Platform platform() {
    return new Platform("linux", architecture);
  }

  /** Reads command lines, for the commands that build or work on images. */
  RequestReader requestReader() {
    return new RequestReader(
        environment, this::path, platform(), streams.in(), streams.out(), streams.outIsTerminal());
  }

  /** Where layers and step results are kept. */
  Path cacheDirectory(Arguments arguments) {
    return CacheOptions.directory(arguments, environment, this::path, home, temporaryDirectory);
  }
}
