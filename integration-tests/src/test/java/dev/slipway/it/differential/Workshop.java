package dev.slipway.it.differential;

import dev.slipway.it.Bases;
import dev.slipway.it.Machine;
import dev.slipway.it.Processes;
import dev.slipway.it.Registry;
import dev.slipway.it.Slipway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bases in a registry that every builder can pull from, files and repositories on a web server, and
 * a place to build in.
 */
final class Workshop implements AutoCloseable {
  private final Path directory;
  private final Registry registry;
  private final WebServer web;
  private final Addresses addresses;
  private Map<String, String> baseFiles = Map.of();

  private Workshop(Path directory, Registry registry, WebServer web, Path webDirectory) {
    this.directory = directory;
    this.registry = registry;
    this.web = web;
    this.addresses = new Addresses(registry.address(), web.address(), webDirectory);
  }

  /**
   * Opens one; skips by name where what it needs is missing.
   *
   * @param corpus has {@code bases}, Dockerfiles named {@code <order>-<name of the
   *     image>.Dockerfile}, and {@code web.sh}, which makes what is served
   */
  static Workshop open(Path directory, Path corpus) throws IOException {
    Machine.require("git");
    Path busybox = Bases.busybox();
    Path webDirectory = Files.createDirectory(directory.resolve("web"));
    Workshop workshop =
        new Workshop(
            directory, Registry.start(directory), WebServer.start(webDirectory), webDirectory);
    workshop.addresses.run(Files.readString(corpus.resolve("web.sh")), webDirectory);
    String copy = "oci:" + busybox;
    String to = "docker://" + workshop.registry.address() + "/bare:latest";
    Processes.command("skopeo", "copy", "-q", "--dest-tls-verify=false", copy, to).run().orFail();
    try (Stream<Path> files = Files.list(corpus.resolve("bases"))) {
      for (Path file : files.sorted().toList()) {
        workshop.push(file);
      }
    }
    return workshop;
  }

  private void push(Path dockerfile) throws IOException {
    String name = dockerfile.getFileName().toString().replaceAll("^\\d-|\\.Dockerfile$", "");
    Path context = Files.createTempDirectory(directory, name);
    String text = addresses.fill(Files.readString(dockerfile));
    Files.writeString(context.resolve("Dockerfile"), text);
    String tag = registry.address() + "/" + name;
    Path image = context.resolve("image");
    Slipway.storingIn(directory.resolve("store"))
        .build(
            "--plain-http",
            registry.address(),
            "-t",
            tag,
            "--push",
            "-o",
            "type=oci,dest=" + image,
            context)
        .orFail();
    if (name.equals("busybox")) {
      baseFiles = StoredImage.read(image).files();
    }
  }

  String registry() {
    return registry.address();
  }

  /** Lays a case's context out anew and builds it, once or twice. */
  Outcome build(Builder builder, Case each) {
    try {
      Path context = Files.createTempDirectory(directory, "context");
      each.writeTo(context, addresses);
      Built built = buildOnce(builder, each, context);
      Outcome outcome = built.outcome();
      if (each.isBuiltTwice() && built.image() != null) {
        addresses.run(each.change(), context);
        Built again = buildOnce(builder, each, context);
        outcome = again.image() == null ? again.outcome() : again.after(built.image());
      }
      Processes.command("rm", "-rf", context.toString()).run();
      return outcome;
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(each.name() + " with " + builder.name(), e);
    }
  }

  /**
   * @param image null where the build failed
   */
  private record Built(Outcome outcome, StoredImage image) {
    /** With the layers that it has of an earlier one. */
    Outcome after(StoredImage earlier) {
      List<String> lines = new ArrayList<>(outcome.lines());
      for (boolean kept : image.layersIn(earlier)) {
        lines.add(kept ? "layer kept" : "layer new");
      }
      return new Outcome(lines, outcome.log());
    }
  }

  private Built buildOnce(Builder builder, Case each, Path context) throws IOException {
    Path archive = directory.resolve(context.getFileName() + ".tar");
    String tag = builder.name() + "/" + context.getFileName().toString().toLowerCase() + ":latest";
    List<String> words = new ArrayList<>();
    each.options().forEach(word -> words.add(addresses.fill(word)));
    // Docker's old client takes "." for the same directory wherever it is run.
    words.add(each.context().isEmpty() ? context.toString() : addresses.fill(each.context()));
    String failure = builder.build(context, words, tag, archive);
    if (failure != null) {
      return new Built(Outcome.failed(failure), null);
    }
    StoredImage image = StoredImage.read(archive);
    Files.delete(archive);
    List<String> lines = new ArrayList<>(ImageListing.of(image, baseFiles));
    lines.replaceAll(addresses::hide);
    return new Built(new Outcome(lines, ""), image);
  }

  @Override
  public void close() {
    registry.close();
    web.close();
  }
}
