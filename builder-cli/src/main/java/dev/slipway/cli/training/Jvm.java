package dev.slipway.cli.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts Slipway as the launcher does, and records which classes it loads.
 *
 * @param options those that every start has
 */
record Jvm(Path java, Path jar, List<String> options) {
  private static final String RECORD = "-XX:DumpLoadedClassList=";

  /** Nothing is recorded: an option that is the default. */
  private static final String PLAIN = "-Xshare:auto";

  /** The same with one option more. */
  Jvm with(String option) {
    List<String> more = new ArrayList<>(options);
    more.add(option);
    return new Jvm(java, jar, more);
  }

  /**
   * @param words what follows {@code slipway} on its command line
   * @return whether it ended well
   */
  boolean run(List<String> words, Path log) throws IOException, InterruptedException {
    return slipway(PLAIN, PLAIN, words, log);
  }

  /**
   * As {@link #run}, with what the builder and what its worker loads written to two files; the
   * second is not made where there is no worker.
   */
  boolean record(List<String> words, Path list, Path workerList, Path log)
      throws IOException, InterruptedException {
    return slipway(RECORD + list, RECORD + workerList, words, log);
  }

  private boolean slipway(String option, String workerOption, List<String> words, Path log)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(java.toString(), option));
    line.addAll(options);
    line.addAll(List.of("-Dslipway.worker=" + workerOption, "-cp", jar.toString()));
    line.add("dev.slipway.cli.Main");
    line.addAll(words);
    return start(line, log);
  }

  boolean dump(Path list, Path archive, Path log) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(java.toString(), "-Xshare:dump"));
    line.addAll(options);
    line.add("-XX:SharedClassListFile=" + list);
    line.add("-XX:SharedArchiveFile=" + archive);
    line.addAll(List.of("-cp", jar.toString()));
    return start(line, log);
  }

  private static boolean start(List<String> line, Path log)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    return process.waitFor() == 0;
  }
}
