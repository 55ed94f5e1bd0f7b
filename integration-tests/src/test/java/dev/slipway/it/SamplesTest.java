package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every sample is built, unpacked by other programs, and run. */
class SamplesTest {
  private static final Pattern BASE = Pattern.compile("(?m)^FROM (debian-[a-z-]+)");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c-hello           | Hello from an image that holds one file.",
        "static-on-scratch | usage: app [--version]",
        "micro             | 1",
        "configure-make    | serving as web, meant for web",
        "python-app        | Hello, world!",
        "distroless        | 1970-01-01 01:00 CET nonroot",
      })
  void aSampleIsBuiltAndRuns(String sample, String output) throws Exception {
    Path image = build(ours(), sample, directory, base -> base, context -> {});
    RuncBundle bundle = RuncBundle.unpack(image, directory);
    assertThat(bundle.run().orFail().text().lines().findFirst()).contains(output);
  }

  @Test
  void theFinalImageOfCHelloHoldsOneFile() throws Exception {
    Path image = build(ours(), "c-hello", directory, base -> base, context -> {});
    RuncBundle bundle = RuncBundle.unpack(image, directory);
    try (var files = Files.walk(bundle.rootfs())) {
      assertThat(files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()))
          .containsExactly("hello");
    }
  }

  @ParameterizedTest
  @CsvSource({"c-hello", "configure-make", "python-app"})
  void anOrdinaryUserBuildsIt(String sample) throws Exception {
    try (OrdinaryUser user = OrdinaryUser.required()) {
      Path image = build(Slipway.as(user), sample, user.directory(), user::copy, user::own);
      assertThat(image).isRegularFile();
    }
  }

  private Slipway ours() {
    return Slipway.storingIn(directory.resolve("store"));
  }

  private static Path build(
      Slipway slipway,
      String sample,
      Path directory,
      UnaryOperator<Path> toReadable,
      Consumer<Path> give)
      throws Exception {
    Path source = Machine.repository().resolve("samples").resolve(sample);
    Path context = directory.resolve(sample);
    Processes.command("cp", "-r", source.toString(), context.toString()).run().orFail();
    if (Files.exists(context.resolve("prepare"))) {
      Processes.command(context.resolve("prepare").toString()).run().orFail();
    }
    give.accept(context);
    List<Object> words = new ArrayList<>();
    for (String base : bases(Files.readString(source.resolve("Dockerfile")))) {
      words.add("--build-context");
      words.add(base + "=oci-layout://" + toReadable.apply(Bases.debian(base)));
    }
    Path image = directory.resolve(sample + ".tar");
    words.add("-o");
    words.add("type=oci,dest=" + image);
    words.add(context);
    slipway.build(words.toArray()).orFail();
    return image;
  }

  private static TreeSet<String> bases(String dockerfile) {
    TreeSet<String> bases = new TreeSet<>();
    Matcher matcher = BASE.matcher(dockerfile);
    while (matcher.find()) {
      bases.add(matcher.group(1));
    }
    return bases;
  }
}
