package dev.slipway.it.differential;

import dev.slipway.it.Bases;
import dev.slipway.it.Processes;
import dev.slipway.it.Registry;
import dev.slipway.it.Slipway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Bases in a registry that every builder can pull from, and a place to build in. */
final class Workshop implements AutoCloseable {
  private final Path directory;
  private final Registry registry;
  private Map<String, String> baseFiles = Map.of();

  private Workshop(Path directory, Registry registry) {
    this.directory = directory;
    this.registry = registry;
  }

  /**
   * Opens one; skips by name where what it needs is missing.
   *
   * @param bases Dockerfiles named {@code <order>-<name of the image>.Dockerfile}
   */
  static Workshop open(Path directory, Path bases) throws IOException {
    Path busybox = Bases.busybox();
    Workshop workshop = new Workshop(directory, Registry.start(directory));
    String copy = "oci:" + busybox;
    String to = "docker://" + workshop.registry.address() + "/bare:latest";
    Processes.command("skopeo", "copy", "-q", "--dest-tls-verify=false", copy, to).run().orFail();
    try (Stream<Path> files = Files.list(bases)) {
      for (Path file : files.sorted().toList()) {
        workshop.push(file);
      }
    }
    return workshop;
  }

  private void push(Path dockerfile) throws IOException {
    String name = dockerfile.getFileName().toString().replaceAll("^\\d-|\\.Dockerfile$", "");
    Path context = Files.createTempDirectory(directory, name);
    String text = Files.readString(dockerfile).replace("registry/", registry.address() + "/");
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

  /** Lays a case's context out anew and builds it. */
  Outcome build(Builder builder, Case each) {
    try {
      Path context = Files.createTempDirectory(directory, "context");
      each.writeTo(context, registry.address());
      Path archive = directory.resolve(context.getFileName() + ".tar");
      String tag =
          builder.name() + "/" + context.getFileName().toString().toLowerCase() + ":latest";
      String failure = builder.build(context, each.options(), tag, archive);
      Outcome outcome =
          failure == null
              ? new Outcome(withoutPort(ImageListing.of(StoredImage.read(archive), baseFiles)), "")
              : Outcome.failed(failure);
      Files.deleteIfExists(archive);
      Processes.command("rm", "-rf", context.toString()).run();
      return outcome;
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(each.name() + " with " + builder.name(), e);
    }
  }

  private List<String> withoutPort(List<String> lines) {
    return lines.stream().map(line -> line.replace(registry.address(), "registry")).toList();
  }

  @Override
  public void close() {
    registry.close();
  }
}
