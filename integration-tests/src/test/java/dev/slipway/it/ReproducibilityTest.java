package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same input without RUN gives the same layers, whoever builds it, and however. */
class ReproducibilityTest {
  private static final String DOCKERFILE =
      """
      FROM scratch AS a
      COPY . /all
      WORKDIR /made/by/workdir
      FROM scratch
      COPY --from=a /all /all
      COPY --chown=5:6 f1 /new/dir/
      COPY <<doc /doc
      text
      doc
      """;

  @TempDir Path directory;

  @Test
  void layersAreTheSameWhateverIsAroundTheBuild() throws IOException {
    Path context = context("one", false);
    String expected = manifest("plain", context, "UTC", "022", "4");
    assertThat(manifest("umask", context, "UTC", "077", "4")).isEqualTo(expected);
    assertThat(manifest("zone", context, "Asia/Kolkata", "022", "4")).isEqualTo(expected);
    assertThat(manifest("threads", context, "UTC", "022", "1")).isEqualTo(expected);
    assertThat(manifest("order", context("two", true), "UTC", "022", "4")).isEqualTo(expected);
  }

  @Test
  void layersAreTheSameWhoeverBuilds() throws IOException {
    Path context = context("three", false);
    String expected = manifest("root", context, "UTC", "022", "4");
    try (OrdinaryUser user = OrdinaryUser.required()) {
      Path copy = user.directory().resolve("context");
      Processes.command("cp", "-a", context.toString(), copy.toString()).run().orFail();
      OrdinaryUser.own(copy);
      Path layout = user.directory().resolve("layout");
      Slipway.as(user)
          .build(
              "--build-arg=SOURCE_DATE_EPOCH=1000000",
              "-o",
              "type=oci,tar=false,dest=" + layout,
              copy)
          .orFail();
      assertThat(Files.readString(layout.resolve("index.json"))).isEqualTo(expected);
    }
  }

  /** The layout's index, which names the image by its digest. */
  private String manifest(String name, Path context, String zone, String umask, String jobs)
      throws IOException {
    Path layout = directory.resolve("layout-" + name);
    List<String> line =
        List.of(
            "sh",
            "-c",
            "umask " + umask + "; exec \"$@\"",
            "sh",
            Machine.repository().resolve("slipway").toString(),
            "build",
            "--cache-dir=" + directory.resolve("store-" + name),
            "--jobs=" + jobs,
            "--build-arg=SOURCE_DATE_EPOCH=1000000",
            "-o",
            "type=oci,tar=false,dest=" + layout,
            context.toString());
    Processes.command(line).with("TZ", zone).run().orFail();
    return Files.readString(layout.resolve("index.json"));
  }

  /** The same files, made in one order or the other. */
  private Path context(String name, boolean reversed) throws IOException {
    Path context = Files.createDirectories(directory.resolve(name));
    List<String> files = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      files.add((i % 3 == 0 ? "d" + i % 7 + "/" : "") + "f" + i);
    }
    files.add("Dockerfile");
    if (reversed) {
      Collections.reverse(files);
    }
    for (String file : files) {
      Path path = context.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.equals("Dockerfile") ? DOCKERFILE : file.repeat(500));
    }
    try (Stream<Path> all = Files.walk(context)) {
      for (Path path : all.toList()) {
        String mode = Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--";
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        Files.setLastModifiedTime(path, FileTime.from(Instant.ofEpochSecond(1_500_000_000)));
      }
    }
    return context;
  }
}
