package dev.slipway.it;

import dev.slipway.it.Processes.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A copy of a folder of {@code samples/}, ready to be built. */
final class Sample {
  private static final Pattern BASE = Pattern.compile("(?m)^FROM (debian-[a-z-]+)");

  private final Path context;
  private final List<String> bases = new ArrayList<>();

  private Sample(Path context) {
    this.context = context;
  }

  /** For whoever runs the tests. */
  static Sample copy(String name, Path directory) throws IOException {
    Sample sample = new Sample(prepared(name, directory));
    for (String base : sample.basesNamed()) {
      sample.bases.add(base + "=oci-layout://" + Bases.debian(base));
    }
    return sample;
  }

  /** For an ordinary user, with copies of the bases that he can read. */
  static Sample copy(String name, OrdinaryUser user) throws IOException {
    Sample sample = new Sample(prepared(name, user.directory()));
    OrdinaryUser.own(sample.context);
    for (String base : sample.basesNamed()) {
      sample.bases.add(base + "=oci-layout://" + user.copy(Bases.debian(base)));
    }
    return sample;
  }

  private static Path prepared(String name, Path directory) {
    Path source = Machine.repository().resolve("samples").resolve(name);
    Path context = directory.resolve(name);
    Processes.command("cp", "-r", source.toString(), context.toString()).run().orFail();
    Path prepare = context.resolve("prepare");
    if (Files.exists(prepare)) {
      Processes.command(prepare.toString()).run().orFail();
    }
    return context;
  }

  private TreeSet<String> basesNamed() throws IOException {
    TreeSet<String> named = new TreeSet<>();
    Matcher matcher = BASE.matcher(Files.readString(context.resolve("Dockerfile")));
    while (matcher.find()) {
      named.add(matcher.group(1));
    }
    return named;
  }

  /** The folder, to change a file in. */
  Path context() {
    return context;
  }

  /** Builds it with further options. */
  Ended build(Slipway slipway, Object... options) {
    List<Object> words = new ArrayList<>(List.of(options));
    for (String base : bases) {
      words.add("--build-context");
      words.add(base);
    }
    words.add(context);
    return slipway.build(words.toArray()).orFail();
  }

  /** Builds it to an OCI archive beside its folder. */
  Path archive(Slipway slipway) {
    Path archive = context.resolveSibling(context.getFileName() + ".tar");
    build(slipway, "-o", "type=oci,dest=" + archive);
    return archive;
  }
}
