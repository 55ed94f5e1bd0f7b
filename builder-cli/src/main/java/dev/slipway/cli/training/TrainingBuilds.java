package dev.slipway.cli.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Builds like those of users, on bases in registries of their own. */
final class TrainingBuilds {
  /** A program that needs no library, so that a step can run in an image of nothing else. */
  private static final Path PROGRAM = Path.of("/sbin/ldconfig");

  /** Is no name of this machine, as TLS is not expected there. */
  private static final String TLS_HOST = "registry.example";

  private final Jvm jvm;
  private final Path work;
  private final Path context;
  private final List<Path> builderLists = new ArrayList<>();
  private final List<Path> pushLists = new ArrayList<>();
  private final List<Path> workerLists = new ArrayList<>();

  TrainingBuilds(Jvm jvm, Path work) {
    this.jvm = jvm;
    this.work = work;
    context = work.resolve("context");
  }

  /**
   * Files with the names of the classes that were loaded.
   *
   * @param builder by builds without TLS
   * @param push by one that pushes to a registry that has it
   * @param worker by the workers of those with a step; empty where none could run
   */
  record Lists(List<Path> builder, List<Path> push, List<Path> worker) {}

  /** Does them. */
  Lists record() throws IOException, InterruptedException {
    Files.createDirectory(context);
    if (Files.isReadable(PROGRAM)) {
      Files.copy(PROGRAM, context.resolve("f"));
    } else {
      Files.writeString(context.resolve("f"), "\n");
    }
    try (LoopbackRegistry registry = LoopbackRegistry.start()) {
      String base = registry.host() + "/base:1";
      write("FROM scratch", "COPY f /etc/");
      jvm.run(build("pusher", "plain", "-t", base, "--push"), log());
      recordSteps(base);
      writeScripted(base);
      record(jvm, builderLists, "builder", "quiet", "-t", registry.host() + "/result:1", "--push");
    }
    recordTls();
    return new Lists(builderLists, pushLists, workerLists);
  }

  /** An image that starts by a script, of which much is asked, and warned: it has no shell. */
  private void writeScripted(String base) throws IOException {
    Files.writeString(context.resolve("start"), "#!/bin/sh\nset -e\nexec \"$@\"\n");
    write(
        "FROM " + base,
        "COPY f /f2",
        "COPY --chmod=755 start /",
        "USER 1",
        "ENTRYPOINT [\"/start\"]",
        "CMD [\"/f2\"]");
  }

  /** A first build on a base behind TLS, pushed to where the base is. */
  private void recordTls() throws IOException, InterruptedException {
    ServerCertificate certificate;
    try {
      certificate = ServerCertificate.of(TLS_HOST, work);
    } catch (IOException e) {
      return; // A Java without keytool: TLS stays as slow as it is.
    }
    Path hosts = Files.writeString(work.resolve("hosts"), "127.0.0.1 " + TLS_HOST + "\n");
    Jvm knowing = jvm.with("-Djdk.net.hosts.file=" + hosts);
    String trusted = certificate.pem().toString();
    try (LoopbackRegistry registry = LoopbackRegistry.startWithTls(TLS_HOST, certificate)) {
      String base = registry.host() + "/base:1";
      write("FROM scratch", "COPY f /");
      knowing.run(build("pusher", "plain", "-t", base, "--push", "--registry-ca", trusted), log());
      write("FROM " + base, "COPY f /f2");
      String result = registry.host() + "/result:1";
      record(knowing, pushLists, "tls", "quiet", "-t", result, "--push", "--registry-ca", trusted);
    }
  }

  /**
   * A first build, which pulls; one in which a file changed; one in which nothing did. They have a
   * step where this machine can run one.
   */
  private void recordSteps(String base) throws IOException, InterruptedException {
    for (String step : List.of("RUN [\"/etc/f\"]", "USER 1")) {
      write(
          "FROM " + base + " AS a",
          "WORKDIR /w",
          "COPY f .",
          step,
          "FROM scratch",
          "COPY --from=a /w/f /",
          "ENTRYPOINT [\"/f\"]");
      if (jvm.run(build("trial", "plain", "-o", archive()), log())) {
        break;
      }
    }
    record(jvm, builderLists, "builder", "plain", "-t", "image", "-o", archive());
    change();
    record(jvm, builderLists, "builder", "tty", "-t", "image", "-o", archive());
    record(jvm, builderLists, "builder", "quiet", "-t", "image", "-o", archive());
    record(jvm, builderLists, "builder", "quiet", "-t", "image", "-o", archive(), "--no-cache");
    change();
  }

  private void record(
      Jvm recorded, List<Path> lists, String store, String progress, String... words)
      throws IOException, InterruptedException {
    int number = builderLists.size() + pushLists.size();
    Path list = work.resolve("list" + number);
    Path workerList = work.resolve("worker-list" + number);
    recorded.record(build(store, progress, words), list, workerList, log());
    lists.add(list);
    if (Files.exists(workerList)) {
      workerLists.add(workerList);
    }
  }

  private List<String> build(String store, String progress, String... words) {
    List<String> line = new ArrayList<>(List.of("build", "--cache-dir"));
    line.add(work.resolve("store-" + store).toString());
    line.addAll(List.of("--progress", progress));
    line.addAll(List.of(words));
    line.add(context.toString());
    return line;
  }

  private String archive() {
    return "type=oci,dest=" + work.resolve("image.tar");
  }

  private void write(String... lines) throws IOException {
    Files.write(context.resolve("Dockerfile"), List.of(lines));
  }

  private void change() throws IOException {
    Files.write(context.resolve("f"), new byte[] {'\n'}, StandardOpenOption.APPEND);
  }

  private Path log() {
    return work.resolve("log");
  }
}
