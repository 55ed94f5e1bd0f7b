package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.it.Processes.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code samples/ladder}: every rung is built, weighed and run; whoever falls off it is told why,
 * and gets up by the lines he is given.
 */
class LadderTest {
  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";
  private static final Path LADDER = Machine.repository().resolve("samples/ladder");

  @Test
  void everyRungStartsAndIsSmallerThanTheOneBefore() {
    Machine.requireRoot();
    Machine.require("runc");
    String bases = Bases.debian("debian-gcc").getParent().toString();
    Bases.debian("debian-runtime");
    Ended ended =
        Processes.command(LADDER.resolve("measure").toString())
            .with("SLIPWAY_BASES", bases)
            .with("SLIPWAY_LADDER_STORE", WORKSPACE.slipway().store().toString())
            .within(Duration.ofMinutes(10))
            .run()
            .orFail();
    System.out.println(ended.text());

    List<String[]> rows = new ArrayList<>();
    for (String line : ended.text().lines().skip(2).toList()) {
      rows.add(line.split(" *\\| *"));
    }
    assertThat(rows).hasSize(8);
    for (int column : new int[] {2, 4}) {
      List<Long> sizes =
          rows.stream().map(row -> Long.parseLong(row[column].replace(",", ""))).toList();
      // Without its symbols, glibc linked in is still more than musl with them.
      assertThat(sizes).isSortedAccordingTo(Comparator.reverseOrder());
    }
    assertThat(rows).allSatisfy(row -> assertThat(row[3]).isEqualTo("hello since 1970"));
    assertThat(rows).allSatisfy(row -> assertThat(row[5]).isEqualTo("5 threads, 4 answers"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no-libraries   | hello since 1970 | COPY --from=build LOADER LOADER;"
            + " COPY --from=build LIB/libc.so.6 LIB/libc.so.6",
        "no-musl        | hello since 1970 | COPY --from=build /lib/ld-musl-x86_64.so.1"
            + " /lib/ld-musl-x86_64.so.1",
        "no-libc        | hello since 1970 | COPY --from=build LIB/libc.so.6 LIB/libc.so.6",
        "no-own-library | ''               | COPY --from=build /opt/answer/libanswer.so"
            + " /opt/answer/libanswer.so",
        "no-shell       | hello since 1970 | COPY --from=build /bin/sh /bin/sh;"
            + " COPY --from=build LOADER LOADER;"
            + " COPY --from=build LIB/libc.so.6 LIB/libc.so.6",
        "no-interpreter | hello since 1970 | COPY --from=build /bin/sh /bin/sh;"
            + " COPY --from=build LOADER LOADER;"
            + " COPY --from=build LIB/libc.so.6 LIB/libc.so.6",
        "no-user        | hello since 1970 | COPY --from=build /etc/passwd /etc/group /etc/",
        "no-program     | hello since 1970 | COPY --from=build /src/static /src/static",
      })
  void whoFallsOffIsToldAndGetsUpAgain(String target, String output, String lines)
      throws IOException {
    Machine.requireRoot();
    Machine.require("runc", "umoci", "skopeo");
    Path directory = Files.createDirectory(WORKSPACE.path(target));
    Path broken = directory.resolve("broken.tar");
    Ended warned = build(target, LADDER.resolve("Dockerfile.broken"), broken);
    assertThat(warned.errors()).contains("[StartCheck]");
    assertThat(run(broken, directory.resolve("1")).exitCode()).isNotZero();

    Path repairedFile = directory.resolve("Dockerfile");
    Path repaired = directory.resolve("repaired.tar");
    Ended fixed =
        build(target, LADDER.resolve("Dockerfile.broken"), repaired, "--fix=" + repairedFile);
    assertThat(fixed.errors()).doesNotContain("[StartCheck]");
    assertThat(added(repairedFile))
        .containsExactly(
            lines.replace("LOADER", LOADER).replace("LIB", "/lib/x86_64-linux-gnu").split("; *"));
    assertThat(run(repaired, directory.resolve("2")).orFail().text().strip()).isEqualTo(output);

    Path again = directory.resolve("again.tar");
    assertThat(build(target, repairedFile, again, "--start-check=error").errors())
        .doesNotContain("[StartCheck]");
    assertThat(Files.mismatch(again, repaired)).isEqualTo(-1);
  }

  private static Ended build(String target, Path dockerfile, Path archive, String... more) {
    List<Object> words = new ArrayList<>(List.of(more));
    for (String base : new String[] {"debian-gcc", "debian-runtime"}) {
      words.add("--build-context=" + base + "=oci-layout://" + Bases.debian(base));
    }
    words.addAll(
        List.of("--target=" + target, "-f", dockerfile, "-o", "type=oci,dest=" + archive, LADDER));
    return WORKSPACE.slipway().build(words.toArray()).orFail();
  }

  /** umoci, too, looks USER up, and refuses whom it does not find. */
  private static Ended run(Path image, Path directory) throws IOException {
    Files.createDirectory(directory);
    Path layout = directory.resolve("image");
    Processes.command("skopeo", "copy", "oci-archive:" + image, "oci:" + layout + ":image")
        .run()
        .orFail();
    Ended unpacked =
        Processes.command(
                "umoci", "unpack", "--image", layout + ":image", directory.resolve("b").toString())
            .run();
    return unpacked.exitCode() != 0 ? unpacked : RuncBundle.unpack(image, directory).run();
  }

  /** The lines that the repaired file has and the other has not. */
  private static List<String> added(Path repaired) throws IOException {
    List<String> before =
        Files.readAllLines(LADDER.resolve("Dockerfile.broken"), StandardCharsets.UTF_8);
    List<String> after = new ArrayList<>(Files.readAllLines(repaired, StandardCharsets.UTF_8));
    List<String> added = new ArrayList<>();
    int at = 0;
    for (String line : after) {
      if (at < before.size() && line.equals(before.get(at))) {
        at++;
      } else {
        added.add(line);
      }
    }
    assertThat(at).as("all other lines are kept").isEqualTo(before.size());
    return added;
  }
}
