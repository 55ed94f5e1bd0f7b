package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.TinyElf;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.Healthcheck;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.tree.BytesContent;
import dev.slipway.tree.FileContent;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FileTreeBuilder;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StartCheckTest {
  private static final String LOADER = "/lib64/ld-linux-x86-64.so.2";

  private final FileTreeBuilder image = new FileTreeBuilder();
  private final FileTreeBuilder stage = new FileTreeBuilder();
  private ContainerConfig.Builder config = ContainerConfig.EMPTY.toBuilder();

  private static void put(FileTreeBuilder tree, String path, int mode, byte[] content) {
    tree.put(
        TreePath.of(path),
        new RegularFile(Metadata.of(mode, 0), Origin.NONE, new BytesContent(content)));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static TinyElf program() {
    return new TinyElf(ElfTarget.X86_64).interpreter(LOADER);
  }

  private static byte[] library(String soname, String... needed) {
    TinyElf elf = new TinyElf(ElfTarget.X86_64).soname(soname);
    for (String each : needed) {
      elf.needed(each);
    }
    return elf.bytes();
  }

  private static byte[] staticProgram() {
    return new TinyElf(ElfTarget.X86_64).bytes();
  }

  private List<StartFinding> check() throws IOException {
    FileTree source = stage.build();
    return StartCheck.check(
            image.build(),
            new ImageConfig(
                new Platform("linux", "amd64"),
                "",
                "",
                config.build(),
                List.of(),
                List.of(),
                Map.of()),
            AtHand.ALL,
            List.of(new StageTree("build", () -> source)))
        .findings();
  }

  private StartFinding only() throws IOException {
    List<StartFinding> findings = check();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

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
  void aLibraryWhereNoLoaderLooksIsToldWithItsPlace() throws IOException {
    put(image, "app", 0755, program().needed("liba.so.1").bytes());
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(image, "usr/local/lib/liba.so.1", 0755, library("liba.so.1"));
    config.cmd(List.of("/app"));

    assertThat(only().advice())
        .isEqualTo(
            "it is in /usr/local/lib, where the loader does not look:"
                + " ENV LD_LIBRARY_PATH=/usr/local/lib, or RUN ldconfig /usr/local/lib");
  }

  @Test
  void aLibraryThatNobodyHasIsToldApartFromThoseThatCanBeCopied() throws IOException {
    put(image, "app", 0755, program().needed("liba.so.1").needed("libb.so.1").bytes());
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(stage, "usr/lib/libb.so.1", 0755, library("libb.so.1"));
    config.cmd(List.of("/app"));

    assertThat(check())
        .extracting(StartFinding::message)
        .containsExactly(
            "\"/app\" cannot be loaded: the image lacks libb.so.1",
            "\"/app\" cannot be loaded: the image lacks liba.so.1");
    assertThat(check().get(1).advice()).startsWith("no stage has it");
  }

  @Test
  void aLoaderAndALibcOfOtherReleasesAreTold() throws IOException {
    put(image, "app", 0755, program().needed("libc.so.6").bytes());
    put(
        image,
        LOADER,
        0755,
        new TinyElf(ElfTarget.X86_64)
            .soname("ld-linux-x86-64.so.2")
            .constant("ld.so (Debian GLIBC 2.41-12) stable release version 2.41.\n")
            .bytes());
    put(
        image,
        "lib/libc.so.6",
        0755,
        new TinyElf(ElfTarget.X86_64)
            .soname("libc.so.6")
            .constant("GNU C Library (Debian GLIBC 2.36-9) stable release version 2.36.\n")
            .bytes());
    config.cmd(List.of("/app"));

    assertThat(only().message())
        .isEqualTo(
            "loader \"" + LOADER + "\" is of glibc 2.41, but \"/lib/libc.so.6\" of glibc 2.36");
  }

  @Test
  void librariesOfThePreloadFileAreLoadedToo() throws IOException {
    put(image, "app", 0755, program().bytes());
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(image, "usr/lib/libp.so", 0755, library("libp.so", "libm.so.6"));
    put(image, "etc/ld.so.preload", 0644, text("# mine\n/usr/lib/libp.so\n"));
    config.cmd(List.of("/app"));

    assertThat(only().message()).isEqualTo("\"/app\" cannot be loaded: the image lacks libm.so.6");
  }

  @Test
  void aLauncherOfJavaWithoutItsJdkIsToldWhereThatIs() throws IOException {
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    putJava(stage);
    put(image, "usr/bin/java", 0755, javaLauncher());
    config.cmd(List.of("java"));

    assertThat(only().message())
        .isEqualTo("\"java\" cannot start Java: the image lacks the JDK beside it");
    assertThat(only().advice())
        .isEqualTo("COPY --from=build /opt/jre /opt/jre, and start /opt/jre/bin/java");
    assertThat(only().repair()).isEmpty();

    put(image, "opt/jre/bin/java", 0755, javaLauncher());
    config.cmd(List.of("/opt/jre/bin/java"));

    assertThat(check().get(0).repair()).containsExactly("COPY --from=build /opt/jre /opt/jre");
    // What the stage's own lacks is told as if it had been copied.
    assertThat(check().get(1).message()).startsWith("\"/opt/jre/bin/java\" cannot start Java");
  }

  @Test
  void aUserIsMadeWithWhatTheImageHasForIt() throws IOException {
    put(image, "app", 0755, staticProgram());
    put(image, "usr/sbin/useradd", 0755, staticProgram());
    config.cmd(List.of("/app")).user("me");

    assertThat(only().advice()).endsWith("or make it before: RUN useradd --system me");
  }

  @Test
  void whoMayNotIsWhomTheCommandIsStartedAs() throws IOException {
    put(image, "bin/gosu", 0755, staticProgram());
    put(image, "bin/app", 0700, staticProgram());
    put(image, "etc/passwd", 0644, text("me:x:5:5::/:\n"));
    config.cmd(List.of("gosu", "me", "/bin/app"));

    assertThat(only().message())
        .isEqualTo("\"/bin/app\", which CMD starts, is not executable for \"me\"");
  }

  private static byte[] javaLauncher() {
    return program().needed("libjli.so").runpath("$ORIGIN/../lib").bytes();
  }

  private void putJava(FileTreeBuilder tree) {
    put(
        tree,
        "opt/jre/bin/java",
        0755,
        program().needed("libjli.so").runpath("$ORIGIN/../lib").bytes());
    put(tree, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(tree, "opt/jre/lib/libjli.so", 0755, library("libjli.so"));
  }

  @Test
  void theVirtualMachineOfJavaIsLookedFor() throws IOException {
    putJava(image);
    putJava(stage);
    put(stage, "etc/java/jvm.cfg", 0644, text("-server KNOWN\n"));
    image.put(
        TreePath.of("opt/jre/lib/jvm.cfg"),
        new Symlink(Metadata.of(0777, 0), Origin.NONE, "/etc/java/jvm.cfg"));
    put(stage, "opt/jre/lib/modules", 0644, text("modules"));
    put(stage, "opt/jre/lib/libjava.so", 0755, library("libjava.so"));
    put(stage, "opt/jre/lib/libjimage.so", 0755, library("libjimage.so"));
    put(stage, "opt/jre/lib/server/libjvm.so", 0755, library("libjvm.so", "libstdc++.so.6"));
    put(stage, "usr/lib/libstdc++.so.6", 0755, library("libstdc++.so.6"));
    config.cmd(List.of("/opt/jre/bin/java"));

    assertThat(only().message())
        .isEqualTo(
            "\"/opt/jre/bin/java\" cannot start Java: the image lacks /etc/java/jvm.cfg,"
                + " /opt/jre/lib/libjava.so, /opt/jre/lib/libjimage.so, /opt/jre/lib/modules,"
                + " /opt/jre/lib/server/libjvm.so, libstdc++.so.6");
    assertThat(only().repair())
        .containsExactly(
            "COPY --from=build /etc/java/jvm.cfg /etc/java/jvm.cfg",
            "COPY --from=build /opt/jre/lib/libjava.so /opt/jre/lib/libjimage.so"
                + " /opt/jre/lib/modules /opt/jre/lib/",
            "COPY --from=build /opt/jre/lib/server/libjvm.so /opt/jre/lib/server/libjvm.so",
            "COPY --from=build /usr/lib/libstdc++.so.6 /usr/lib/libstdc++.so.6");
  }

  @Test
  void debiansJavaDoesWithoutItsConfiguration() throws IOException {
    putJava(image);
    put(image, "opt/jre/lib/jvm.cfg-default", 0644, text("-server KNOWN\n"));
    put(image, "opt/jre/lib/modules", 0644, text("modules"));
    put(image, "opt/jre/lib/libjava.so", 0755, library("libjava.so"));
    put(image, "opt/jre/lib/libjimage.so", 0755, library("libjimage.so"));
    put(image, "opt/jre/lib/server/libjvm.so", 0755, library("libjvm.so"));
    config.cmd(List.of("/opt/jre/bin/java"));

    assertThat(check()).isEmpty();
  }

  @Test
  void pythonsLibraryIsCopiedFromWhereItIs() throws IOException {
    put(image, "usr/bin/python3.11", 0755, staticProgram());
    put(stage, "usr/lib/python3.11/encodings/__init__.py", 0644, text(""));
    config.cmd(List.of("python3.11", "-m", "app"));

    assertThat(only().message())
        .isEqualTo("\"python3.11\" cannot start Python: the image lacks /usr/lib/python3.11");
    assertThat(only().repair())
        .containsExactly("COPY --from=build /usr/lib/python3.11 /usr/lib/python3.11");
  }

  @Test
  void aLoaderThatIsNoneIsToldAsWhatItIs() throws IOException {
    put(image, "app", 0755, program().bytes());
    put(image, LOADER, 0755, text("#!/bin/sh\n"));
    config.cmd(List.of("/app"));

    assertThat(only().message())
        .isEqualTo("loader \"" + LOADER + "\" of \"/app\" is no whole ELF file");
  }

  @Test
  void anotherMachinesLoaderIsToldWithBothMachines() throws IOException {
    put(image, "app", 0755, program().bytes());
    put(image, LOADER, 0755, new TinyElf(ElfTarget.AARCH64).bytes());
    config.cmd(List.of("/app"));

    assertThat(only().message())
        .isEqualTo("loader \"" + LOADER + "\" of \"/app\" is for arm64, \"/app\" for amd64");
  }

  @Test
  void aUserWhoIsANumberIsOneEvenWhereAnotherIsCalledSo() throws IOException {
    put(image, "etc/passwd", 0644, text("1000:x:0:0::/:\n"));
    put(image, "app", 0700, staticProgram());
    config.cmd(List.of("/app")).user("1000");

    assertThat(only().message()).isEqualTo("CMD \"/app\" is not executable for USER");
  }

  @Test
  void numbersOfUsersAndGroupsEndWhereRuntimesDo() throws IOException {
    put(image, "app", 0755, staticProgram());
    config.cmd(List.of("/app")).user("2147483647:2147483647");

    assertThat(check()).isEmpty();

    config.user("2147483648");

    assertThat(only().message())
        .isEqualTo("USER \"2147483648\" cannot be used: user \"2147483648\" is beyond 2147483647");

    config.user("1:4294967295");

    assertThat(only().message()).contains("group \"4294967295\" is beyond 2147483647");
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
  void anArrayInSingleQuotesIsTold() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    config.cmd(List.of("/bin/sh", "-c", "['app', '-x']"));

    assertThat(only().message()).startsWith("CMD ['app', '-x'] is no JSON array");
  }

  @Test
  void aLoaderAndAllLibrariesAreRepairedAtOnce() throws IOException {
    put(image, "app", 0755, program().needed("libc.so.6").needed("liba.so.1").bytes());
    put(stage, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(stage, "lib/libc.so.6", 0755, library("libc.so.6", "ld-linux-x86-64.so.2"));
    put(stage, "usr/lib/liba.so.1", 0644, library("liba.so.1", "libb.so.1"));
    put(stage, "opt/libb.so.1", 0644, library("libb.so.1", "libc.so.6"));
    config.cmd(List.of("/app"));

    StartFinding finding = only();
    assertThat(finding.message())
        .isEqualTo(
            "\"/app\" cannot be loaded: the image lacks "
                + LOADER
                + ", libc.so.6, liba.so.1, libb.so.1");
    assertThat(finding.repair())
        .containsExactly(
            "COPY --from=build " + LOADER + " /opt/libb.so.1 /lib64/",
            "COPY --from=build /lib/libc.so.6 /lib/libc.so.6",
            "COPY --from=build /usr/lib/liba.so.1 /usr/lib/liba.so.1");
  }

  @Test
  void aLibraryBesideTheProgramIsFoundByItsRunpath() throws IOException {
    put(image, "srv/app", 0755, program().needed("liba.so").runpath("$ORIGIN/lib").bytes());
    put(image, "srv/lib/liba.so", 0644, library("liba.so"));
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    config.cmd(List.of("/srv/app"));

    assertThat(check()).isEmpty();
  }

  @Test
  void aLibraryForAnotherMachineIsPassedOver() throws IOException {
    put(image, "app", 0755, program().needed("liba.so").bytes());
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(image, "lib/liba.so", 0644, new TinyElf(ElfTarget.AARCH64).soname("liba.so").bytes());
    config.cmd(List.of("/app"));

    assertThat(only().message()).contains("lacks liba.so");
  }

  @Test
  void shellFormWithoutAShellIsTold() throws IOException {
    put(image, "app", 0755, staticProgram());
    config.cmd(List.of("/bin/sh", "-c", "/app --serve"));

    assertThat(check())
        .extracting(StartFinding::message)
        .containsExactly("CMD \"/bin/sh\" does not exist in the image");
  }

  @Test
  void theProgramOfAShellFormIsLookedUpToo() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    config.cmd(List.of("/bin/sh", "-c", "exec serve --port 80"));

    assertThat(only().message()).isEqualTo("CMD \"serve\" is in none of the directories of PATH");
  }

  @Test
  void aScriptsInterpreterIsFollowedThroughEnv() throws IOException {
    put(image, "run", 0755, text("#!/usr/bin/env -S python3 -u\nprint(1)\n"));
    put(image, "usr/bin/env", 0755, staticProgram());
    config.cmd(List.of("/run"));

    assertThat(only().message())
        .isEqualTo(
            "script \"/run\" wants \"python3\", which is in none of the directories of PATH");
  }

  @Test
  void windowsLineEndsAreTold() throws IOException {
    put(image, "run", 0755, text("#!/bin/sh\r\necho\r\n"));
    put(image, "bin/sh", 0755, staticProgram());
    config.cmd(List.of("/run"));

    assertThat(only().message()).contains("Windows line ends");
  }

  @Test
  void aScriptWithoutAnInterpreterIsTold() throws IOException {
    put(image, "run", 0755, text("echo hello\n"));
    config.cmd(List.of("/run"));

    assertThat(only().message()).contains("exec format error");
  }

  @Test
  void aHealthcheckThatCannotBeStartedIsAHint() throws IOException {
    put(image, "app", 0755, staticProgram());
    config
        .cmd(List.of("/app"))
        .healthcheck(
            new Healthcheck(
                List.of("CMD", "curl", "-f"),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                0));

    assertThat(only().certain()).isFalse();
    assertThat(only().message())
        .isEqualTo("HEALTHCHECK \"curl\" is in none of the directories of PATH");
  }

  @Test
  void aScriptThatAShellIsToldToRunIsLookedUpToo() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    put(stage, "run.sh", 0644, text("echo hello\n"));
    config.cmd(List.of("/bin/sh", "/run.sh"));

    assertThat(only().message())
        .isEqualTo("CMD runs the script \"/run.sh\", which does not exist in the image");
    assertThat(only().repair()).containsExactly("COPY --from=build /run.sh /run.sh");
  }

  @Test
  void theFileThatAnInterpreterIsToldToRunIsLookedUpToo() throws IOException {
    put(image, "bin/java", 0755, staticProgram());
    put(image, "bin/sh", 0755, staticProgram());
    put(stage, "app.jar", 0644, text("PK"));
    config.cmd(List.of("/bin/sh", "-c", "exec java -jar app.jar $OPTIONS"));

    assertThat(only().message())
        .isEqualTo("CMD runs \"app.jar\", which does not exist in the image");
    assertThat(only().repair()).containsExactly("COPY --from=build /app.jar /app.jar");
  }

  @Test
  void aFileThatIsToBeRunHasToBeReadable() throws IOException {
    put(image, "bin/java", 0755, staticProgram());
    put(image, "app.jar", 0600, text("PK"));
    config.cmd(List.of("java", "-jar", "/app.jar")).user("1000");

    assertThat(only().message()).isEqualTo("CMD runs \"/app.jar\", which USER may not read");
  }

  @Test
  void whatComesWithAVolumeIsNotMissed() throws IOException {
    put(image, "bin/java", 0755, staticProgram());
    config.cmd(List.of("java", "-jar", "/data/app.jar")).volumes(Set.of("/data"));

    assertThat(check()).isEmpty();
  }

  @Test
  void whatAScriptHandsOnIsLookedUpToo() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    put(image, "e", 0755, text("#!/bin/sh\nset -e\nexec \"$@\"\n"));
    config.entrypoint(List.of("/e")).cmd(List.of("serve", "-x"));

    assertThat(only().message())
        .isEqualTo("\"serve\", which script \"/e\" starts, is in none of the directories of PATH");
  }

  @Test
  void aScriptThatHandsOnToItselfEnds() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    put(image, "e", 0755, text("#!/bin/sh\nexec /e \"$@\"\n"));
    config.entrypoint(List.of("/e")).cmd(List.of("x"));

    assertThat(check()).isEmpty();
  }

  @Test
  void accountsMayHaveFewFields() throws IOException {
    put(image, "app", 0755, staticProgram());
    put(image, "etc/passwd", 0644, text("# accounts\nweb:x:1000\r\n"));
    put(image, "etc/group", 0644, text("web:x:1000\n"));
    config.cmd(List.of("/app")).user("web:web");

    assertThat(check()).isEmpty();
  }

  @Test
  void aNamedUserNeedsPasswd() throws IOException {
    put(image, "app", 0755, staticProgram());
    config.cmd(List.of("/app")).user("web");

    assertThat(only().message())
        .isEqualTo("USER \"web\" cannot be used: user \"web\" is not in /etc/passwd");
  }

  @Test
  void aUsersRightsCount() throws IOException {
    put(image, "app", 0700, staticProgram());
    put(image, "etc/passwd", 0644, text("web:x:1000:1000::/:/bin/sh\n"));
    config.cmd(List.of("/app")).user("web");

    assertThat(only().message()).isEqualTo("CMD \"/app\" is not executable for USER");
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
  void aLibraryThatIsNoElfFileStopsTheLoader() throws IOException {
    put(image, "app", 0755, program().needed("liba.so").bytes());
    put(image, LOADER, 0755, library("ld-linux-x86-64.so.2"));
    put(image, "lib/liba.so", 0644, text(""));
    put(image, "usr/lib/liba.so", 0644, library("liba.so"));
    put(stage, "lib/liba.so", 0644, library("liba.so"));
    config.cmd(List.of("/app"));

    assertThat(only().message()).contains("liba.so (\"/lib/liba.so\" is no such library)");
    assertThat(only().repair()).containsExactly("COPY --from=build /lib/liba.so /lib/liba.so");
  }

  @Test
  void whatAnInitStartsIsLookedUpToo() throws IOException {
    put(image, "tini", 0755, staticProgram());
    config.entrypoint(List.of("/tini", "-g", "--")).cmd(List.of("/app"));

    assertThat(only().message())
        .isEqualTo("\"/app\", which ENTRYPOINT starts, does not exist in the image");
  }

  @Test
  void anAppletOfBusyboxNeedsNoFile() throws IOException {
    put(image, "bin/busybox", 0755, new TinyElf(ElfTarget.X86_64).constant("[\0httpd\0sh").bytes());
    image.put(TreePath.of("bin/sh"), new Symlink(Metadata.of(0777, 0), Origin.NONE, "busybox"));
    config.cmd(List.of("/bin/sh", "-c", "httpd -f"));
    assertThat(check()).isEmpty();

    config.cmd(List.of("/bin/sh", "-c", "nginx -g daemon"));
    assertThat(only().message()).isEqualTo("CMD \"nginx\" is in none of the directories of PATH");
    config.cmd(List.of("/bin/sh", "-c", "/httpd -f"));
    assertThat(only().message()).isEqualTo("CMD \"/httpd\" does not exist in the image");
  }

  @Test
  void aShellFormThatNeedsNoShellIsToldHowItGoesWithout() throws IOException {
    put(image, "app", 0755, staticProgram());
    put(stage, "bin/sh", 0755, staticProgram());
    config.entrypoint(List.of("/bin/sh", "-c", "exec /app --port=80"));

    assertThat(only().advice()).isEqualTo("without a shell: ENTRYPOINT [\"/app\", \"--port=80\"]");
    assertThat(only().repair()).containsExactly("COPY --from=build /bin/sh /bin/sh");
  }

  @Test
  void aNamedUserComesWithTheAccountsOfAStage() throws IOException {
    put(image, "app", 0755, staticProgram());
    put(stage, "etc/passwd", 0644, text("web:x:1000:1000::/:/bin/sh\n"));
    put(stage, "etc/group", 0644, text("web:x:1000:\n"));
    config.cmd(List.of("/app")).user("web");

    assertThat(only().repair()).containsExactly("COPY --from=build /etc/passwd /etc/group /etc/");
    assertThat(only().advice()).isEqualTo("or name it by number: USER 1000");
  }

  @Test
  void aTimeZoneWithoutItsFileIsAHint() throws IOException {
    put(image, "app", 0755, staticProgram());
    put(stage, "usr/share/zoneinfo/Europe/Berlin", 0644, text("TZif"));
    config.cmd(List.of("/app")).env(List.of("TZ=Europe/Berlin"));

    assertThat(only().certain()).isFalse();
    assertThat(only().repair())
        .containsExactly(
            "COPY --from=build /usr/share/zoneinfo/Europe/Berlin"
                + " /usr/share/zoneinfo/Europe/Berlin");
  }

  @Test
  void aMissingWorkingDirectoryIsAHint() throws IOException {
    put(image, "app", 0755, staticProgram());
    config.cmd(List.of("/app")).workingDir("/srv");

    assertThat(only().certain()).isFalse();
    assertThat(only().message()).startsWith("WORKDIR \"/srv\" is not in the image");
  }

  @Test
  void aStaticProgramThatTrustsCertificatesIsAHint() throws IOException {
    byte[] program =
        new TinyElf(ElfTarget.X86_64).constant("/etc/ssl/certs/ca-certificates.crt").bytes();
    put(image, "app", 0755, program);
    put(stage, "etc/ssl/certs/ca-certificates.crt", 0644, text("certificates"));
    config.cmd(List.of("/app"));

    assertThat(only().certain()).isFalse();
    assertThat(only().repair())
        .containsExactly(
            "COPY --from=build /etc/ssl/certs/ca-certificates.crt"
                + " /etc/ssl/certs/ca-certificates.crt");
  }

  @Test
  void aProgramThatCannotBeReadIsNoVerdict() {
    FileContent gone = new FileContent(Path.of("/nonexistent/app"), 100, null);
    image.put(TreePath.of("app"), new RegularFile(Metadata.of(0755, 0), Origin.NONE, gone));
    config.cmd(List.of("/app"));

    assertThatThrownBy(this::check).isInstanceOf(NoSuchFileException.class);
  }
}
