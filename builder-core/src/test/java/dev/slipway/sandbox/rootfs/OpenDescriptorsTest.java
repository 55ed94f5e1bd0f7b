package dev.slipway.sandbox.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.linux.Descriptors;
import dev.slipway.linux.LinuxException;
import dev.slipway.sandbox.SandboxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What fails half way leaves no descriptor open, and puts back what it can. */
@EnabledOnOs(OS.LINUX)
class OpenDescriptorsTest {
  @TempDir Path temp;

  /** Those of this process that lead into the test's directory. */
  private List<Path> openHere() throws IOException {
    List<Path> here = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path each : all.toList()) {
        if (Files.isSymbolicLink(each)) {
          Path file = Files.readSymbolicLink(each);
          if (file.startsWith(temp)) {
            here.add(file);
          }
        }
      }
    }
    return here;
  }

  @Test
  void aCopyToWhereNothingIs() throws IOException {
    Path tree = Files.createDirectories(temp.resolve("tree/sub")).getParent();

    assertThatThrownBy(() -> TreeCopy.copy(tree, "sub", temp.resolve("none")))
        .isInstanceOf(SandboxException.class);
    assertThatThrownBy(() -> TreeCopy.copy(tree, temp.resolve("none")))
        .isInstanceOf(LinuxException.class);

    assertThat(openHere()).isEmpty();
  }

  @Test
  void aStandInThatCannotBePlaced() throws IOException {
    Path root = Files.createDirectories(temp.resolve("root/etc")).getParent();
    int opened = open(root);
    StandIns standIns = new StandIns(opened, root, temp.resolve("none"));

    assertThatThrownBy(() -> standIns.place("/etc", true, null, (at, name) -> {}))
        .isInstanceOf(LinuxException.class);
    standIns.close();
    Descriptors.close(opened);

    assertThat(openHere()).isEmpty();
  }

  @Test
  void aStandInThatCannotGoIsNotInTheWayOfOthers() throws IOException {
    Path root = Files.createDirectory(temp.resolve("root"));
    Files.writeString(root.resolve("first"), "first");
    Files.createDirectory(root.resolve("second"));
    int opened = open(root);
    StandIns standIns = new StandIns(opened, root, Files.createDirectory(temp.resolve("aside")));
    standIns.place(
        "/first", false, null, (at, name) -> Files.writeString(root.resolve("first"), "instead"));
    standIns.place(
        "/second",
        true,
        temp.resolve("none/keeper"),
        (at, name) -> Files.createDirectory(root.resolve("second")));

    assertThatThrownBy(standIns::remove).isInstanceOf(LinuxException.class);
    standIns.close();
    Descriptors.close(opened);

    assertThat(root.resolve("first")).hasContent("first");
    assertThat(openHere()).isEmpty();
  }

  private static int open(Path directory) throws LinuxException {
    byte[] path = directory.toString().getBytes(StandardCharsets.UTF_8);
    return Descriptors.open(Descriptors.WORKING_DIRECTORY, path, Descriptors.DIRECTORY, 0);
  }
}
