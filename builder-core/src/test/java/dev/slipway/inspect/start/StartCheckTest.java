package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.TinyElf;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.tree.FileContent;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a command is looked up as, and what repairs it. */
class StartCheckTest extends StartCheckFixture {
  @Test
  void anImageWithoutACommandHasNothingToCheck() throws IOException {
    assertThat(check()).isEmpty();
  }

  @Test
  void aStaticProgramStarts() throws IOException {
    put(image, "app", 0755, staticProgram());
    config.cmd(List.of("/app"));

    assertThat(check()).isEmpty();
  }

  @Test
  void aProgramIsLookedUpInPathAndThroughLinks() throws IOException {
    put(image, "opt/real", 0755, staticProgram());
    image.put(
        TreePath.of("usr/bin/app"), new Symlink(Metadata.of(0777, 0), Origin.NONE, "/opt/real"));
    config.cmd(List.of("app"));

    assertThat(check()).isEmpty();
  }

  @Test
  void aRelativeProgramIsLookedUpFromTheWorkingDirectory() throws IOException {
    put(image, "srv/app", 0755, staticProgram());
    config.cmd(List.of("./app")).workingDir("/srv");

    assertThat(check()).isEmpty();
  }

  @Test
  void aMissingProgramIsCopiedFromTheStageThatHasIt() throws IOException {
    put(stage, "bin/app", 0755, staticProgram());
    config.entrypoint(List.of("/bin/app"));

    assertThat(only().repair()).containsExactly("COPY --from=build /bin/app /bin/app");
  }

  @Test
  void aProgramThatNobodyMayExecuteIsTold() throws IOException {
    put(image, "app", 0644, staticProgram());
    config.cmd(List.of("/app"));

    assertThat(only().message()).isEqualTo("CMD \"/app\" is not executable");
  }

  @Test
  void anotherMachinesProgramIsTold() throws IOException {
    put(image, "app", 0755, new TinyElf(ElfTarget.AARCH64).bytes());
    config.cmd(List.of("/app"));

    assertThat(only().message()).isEqualTo("\"/app\" is for arm64, the image for linux/amd64");
  }

  private String adviceOn(String... command) throws IOException {
    config.cmd(List.of(command));
    return String.valueOf(only().advice());
  }

  @Test
  void whatIsMeantIsSaidWhereItIsPlain() throws IOException {
    put(image, "app/server", 0755, staticProgram());
    put(image, "app/data", 0644, text(""));
    put(image, "bin/sh", 0755, staticProgram());

    assertThat(adviceOn("/server")).isEqualTo("the image has \"/app/server\"");
    assertThat(adviceOn("server")).isEqualTo("the image has \"/app/server\"");
    assertThat(adviceOn("./server"))
        .isEqualTo("the image has \"/app/server\", and WORKDIR is \"/\"");
    assertThat(adviceOn("/app/servr")).isEqualTo("the image has \"/app/server\"");
    assertThat(adviceOn("/app")).isEqualTo("name the program in it: \"/app/server\"");
    assertThat(adviceOn("/app/server -x"))
        .isEqualTo("write each word by itself: [\"/app/server\", \"-x\"]");
    assertThat(adviceOn("$HOME/server")).contains("use the shell form");
    assertThat(adviceOn("cd", "/app")).contains("use the shell form");
    assertThat(adviceOn("nginx")).startsWith("PATH is /usr/local/sbin");
    assertThat(adviceOn("/gone")).isEqualTo("null");
  }

  @Test
  void aLinkOfPathThatLeadsNowhereIsToldAsOne() throws IOException {
    image.put(
        TreePath.of("usr/bin/php"),
        new Symlink(Metadata.of(0777, 0), Origin.NONE, "/etc/alternatives/php"));
    put(stage, "usr/bin/php8", 0755, staticProgram());
    stage.put(
        TreePath.of("etc/alternatives/php"),
        new Symlink(Metadata.of(0777, 0), Origin.NONE, "/usr/bin/php8"));
    stage.put(
        TreePath.of("usr/bin/php"),
        new Symlink(Metadata.of(0777, 0), Origin.NONE, "/etc/alternatives/php"));
    config.cmd(List.of("php"));

    assertThat(only().message())
        .isEqualTo(
            "CMD \"php\" is \"/usr/bin/php\", a link to \"/etc/alternatives/php\","
                + " which does not exist in the image");
    assertThat(only().repair())
        .containsExactly("COPY --from=build /etc/alternatives/php /etc/alternatives/php");
  }

  @Test
  void whatLiesBelowAMountIsNotCopiedThere() throws IOException {
    put(image, "dev/app", 0755, staticProgram());
    put(stage, "dev/app", 0755, staticProgram());
    config.cmd(List.of("/dev/app"));

    assertThat(only().message()).contains("of what an image has in /dev containers see nothing");
    assertThat(only().repair()).isEmpty();
  }

  @Test
  void linksInACircleLeadNowhere() throws IOException {
    image.put(TreePath.of("a"), new Symlink(Metadata.of(0777, 0), Origin.NONE, "b"));
    image.put(TreePath.of("b"), new Symlink(Metadata.of(0777, 0), Origin.NONE, "a"));
    config.cmd(List.of("/a"));

    assertThat(only().certain()).isTrue();
  }

  @Test
  void filesThatAreNotAtHandAreTakenForWhatTheySeem() throws IOException {
    put(image, "app", 0755, text("never read"));
    config.cmd(List.of("/app"));

    assertThat(
            StartCheck.check(
                    image.build(),
                    ImageConfig.empty(new Platform("linux", "amd64")).withConfig(config.build()),
                    new AtHand(file -> false, file -> false),
                    List.of())
                .findings())
        .isEmpty();
  }

  @Test
  void aProgramThatLiesElsewhereInAStageIsCopiedToWhereItIsLookedFor() throws IOException {
    put(stage, "src/app", 0755, staticProgram());
    config.cmd(List.of("/usr/bin/app"));

    assertThat(only().repair()).containsExactly("COPY --from=build /src/app /usr/bin/app");
  }

  @Test
  void aLinkThatLeadsNowhereIsRepairedAtItsTarget() throws IOException {
    put(stage, "opt/app", 0755, staticProgram());
    image.put(TreePath.of("app"), new Symlink(Metadata.of(0777, 0), Origin.NONE, "/opt/app"));
    config.cmd(List.of("/app"));

    assertThat(only().message())
        .isEqualTo("CMD \"/app\" is a link to \"/opt/app\", which does not exist in the image");
    assertThat(only().repair()).containsExactly("COPY --from=build /opt/app /opt/app");
  }

  @Test
  void aRepairedFileThroughALinkedDirectoryHidesNothing() throws IOException {
    put(image, "app", 0755, program().needed("liba.so").needed("libb.so").bytes());
    put(image, "usr/lib/libb.so", 0644, library("libb.so"));
    image.put(TreePath.of("lib"), new Symlink(Metadata.of(0777, 0), Origin.NONE, "usr/lib"));
    put(stage, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(stage, "lib/liba.so", 0644, library("liba.so"));
    config.cmd(List.of("/app"));

    assertThat(only().message()).endsWith("lacks " + LOADER + ", liba.so");
  }

  @Test
  void aProgramThatCannotBeReadIsNoVerdict() {
    FileContent gone = new FileContent(Path.of("/nonexistent/app"), 100, null);
    image.put(TreePath.of("app"), new RegularFile(Metadata.of(0755, 0), Origin.NONE, gone));
    config.cmd(List.of("/app"));

    assertThatThrownBy(this::check).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whatComesWithAVolumeIsNotMissed() throws IOException {
    put(image, "bin/java", 0755, staticProgram());
    config.cmd(List.of("java", "-jar", "/data/app.jar")).volumes(Set.of("/data"));

    assertThat(check()).isEmpty();
  }
}
