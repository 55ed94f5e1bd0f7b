package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.inspect.start.StageTree;
import dev.slipway.inspect.start.StartReport;
import dev.slipway.it.Processes.Ended;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.tree.Directory;
import dev.slipway.tree.Entry;
import dev.slipway.tree.FileTree;
import dev.slipway.tree.FollowLast;
import dev.slipway.tree.RegularFile;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The start check's verdict on real programs of Debian's packages, and what runc makes of each:
 * alone on an empty root, with all that the check says is missing, with one of these taken away
 * again, and with what its own loader lists.
 */
class StartCheckPrecisionTest {
  /** Dynamic ones, static ones of C and of Go, scripts of sh, bash, Perl and Python. */
  private static final List<String> PROGRAMS =
      List.of(
          "/bin/bash",
          "/bin/bash-static",
          "/bin/busybox",
          "/bin/cat",
          "/bin/dash",
          "/bin/egrep",
          "/bin/grep",
          "/bin/gunzip",
          "/bin/gzip",
          "/bin/ip",
          "/bin/kmod",
          "/bin/ls",
          "/bin/mount",
          "/bin/ps",
          "/bin/sash",
          "/bin/sed",
          "/bin/tar",
          "/bin/zgrep",
          "/bin/znew",
          "/sbin/ldconfig",
          "/sbin/mke2fs",
          "/usr/bin/apt-get",
          "/bin/bzip2",
          "/usr/bin/catatonit",
          "/usr/bin/corelist",
          "/usr/bin/curl",
          "/usr/bin/dpkg",
          "/usr/bin/dumb-init",
          "/usr/bin/env",
          "/usr/bin/file",
          "/usr/bin/find",
          "/usr/bin/git",
          "/usr/bin/id",
          "/usr/bin/jq",
          "/usr/bin/ldd",
          "/usr/bin/less",
          "/usr/bin/lua5.4",
          "/usr/bin/make",
          "/usr/bin/mawk",
          "/usr/bin/openssl",
          "/usr/bin/perl",
          "/usr/bin/perl5.36.0",
          "/usr/bin/prove",
          "/usr/bin/py3compile",
          "/usr/bin/python3.11",
          "/usr/bin/redis-cli",
          "/usr/bin/rsync",
          "/usr/bin/socat",
          "/usr/bin/sort",
          "/usr/bin/sqlite3",
          "/usr/bin/ssh",
          "/usr/bin/strace",
          "/usr/bin/tini",
          "/usr/bin/tini-static",
          "/usr/bin/tree",
          "/usr/bin/wget",
          "/usr/bin/which.debianutils",
          "/usr/bin/xz",
          "/usr/bin/zstd",
          "/usr/lib/git-core/git-mergetool",
          "/usr/lib/git-core/git-remote-http",
          "/usr/sbin/gosu",
          "/usr/sbin/nginx");

  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  private StartTrial trial;
  private FileTree machine;
  private FileTree java;

  @Test
  void theVerdictIsWhatHappensForProgramsOfDebian() throws IOException {
    Machine.requireRoot();
    Machine.require("runc", "chroot");
    Path root = Bases.unpacked("debian-programs", WORKSPACE.directory());
    begin(HostTree.read(root, path -> !path.startsWith(root.resolve("usr/share"))));
    int programs = 0;
    for (String program : PROGRAMS) {
      if (machine.resolve(TreePath.of(program), FollowLast.YES).found() instanceof RegularFile) {
        programs++;
        examine(program, List.of("--version"), root);
      }
    }
    Path jvm = Path.of(System.getProperty("java.home")).toRealPath();
    examine(jvm.resolve("bin/java").toString(), List.of("--version"), null);
    trial.finish();
    assertThat(programs).isGreaterThanOrEqualTo(60);
  }

  @Test
  void theVerdictIsWhatHappensForCompiledPrograms() throws IOException {
    Machine.requireRoot();
    Machine.require("runc", "gcc", "musl-gcc");
    begin(HostTree.debian());
    Path source = WORKSPACE.path("hello.c");
    Files.writeString(source, "#include <stdio.h>\nint main() { puts(\"hello\"); return 0; }\n");
    compile("dynamic", "gcc");
    compile("static", "gcc", "-static");
    compile("static-pie", "gcc", "-static-pie");
    compile("no-pie", "gcc", "-no-pie");
    compile("musl-dynamic", "musl-gcc");
    compile("musl-static", "musl-gcc", "-static");
    compile("object", "gcc", "-c");
    compile("library", "gcc", "-shared", "-fPIC");
    script("plain", "echo hello\n", "rwxr-xr-x");
    script("sh", "#!/bin/sh\necho hello\n", "rwxr-xr-x");
    script("sh-blank", "#! /bin/sh -e\necho hello\n", "rwxr-xr-x");
    script("sh-windows", "#!/bin/sh\r\necho hello\r\n", "rwxr-xr-x");
    script("env", "#!/usr/bin/env bash\necho hello\n", "rwxr-xr-x");
    script("env-split", "#!/usr/bin/env -S bash -e\necho hello\n", "rwxr-xr-x");
    script("env-argument", "#!/usr/bin/env bash -e\necho hello\n", "rwxr-xr-x");
    script("perl", "#!/usr/bin/perl -w\nprint 1;\n", "rwxr-xr-x");
    script("nobody", "#!/no/such/interpreter\n", "rwxr-xr-x");
    script("not-executable", "#!/bin/sh\necho hello\n", "rw-r--r--");
    script("empty", "", "rwxr-xr-x");
    trial.finish();
  }

  private void begin(FileTree programs) throws IOException {
    machine = programs;
    Path jvm = Path.of(System.getProperty("java.home")).toRealPath();
    java = HostTree.read(Path.of("/"), path -> jvm.startsWith(path) || path.startsWith(jvm));
    trial =
        new StartTrial(
            List.of(new StageTree("build", () -> machine), new StageTree("java", () -> java)),
            false);
  }

  private void compile(String name, String... command) throws IOException {
    Path program = WORKSPACE.path(name);
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("-o", program.toString(), WORKSPACE.path("hello.c").toString()));
    Processes.command(words).run().orFail();
    program.toFile().setExecutable(true, false);
    examine("/" + name, program);
  }

  private void script(String name, String text, String mode) throws IOException {
    Path script = Files.createDirectories(WORKSPACE.path("scripts")).resolve(name);
    Files.writeString(script, text);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString(mode));
    examine("/script/" + name, script);
  }

  /** A file of this machine, under another name. */
  private void examine(String program, Path file) throws IOException {
    Path bundle = bundle();
    copy(file, bundle, program);
    examine(program, bundle, List.of());
    delete(bundle);
  }

  /**
   * @param root where its own loader can be asked, or null
   */
  private void examine(String program, List<String> arguments, Path root) throws IOException {
    Path bundle = bundle();
    copy(root == null ? java : machine, program, bundle, program);
    examine(program, bundle, arguments);
    delete(bundle);
    if (root != null) {
      examineWithClosure(program, arguments, root);
    }
  }

  private void examine(String program, Path bundle, List<String> arguments) throws IOException {
    ContainerConfig container = container(program, arguments);
    StartReport alone = trial.compare(program, "alone", bundle, container, false);
    List<Path> copied = new ArrayList<>();
    for (String repair :
        alone.findings().stream()
            .filter(finding -> finding.certain())
            .flatMap(finding -> finding.repair().stream())
            .toList()) {
      copied.addAll(apply(repair, bundle));
    }
    if (!copied.isEmpty()) {
      // A script may ask for what no copied file can give; an ELF program never does.
      trial.compare(program, "repaired", bundle, container, !program.startsWith("/script/"));
      delete(copied.get(copied.size() - 1));
      trial.compare(program, "one taken", bundle, container, false);
    }
  }

  /** With what {@code ld.so --list} says, so that the check is not measured by itself only. */
  private void examineWithClosure(String program, List<String> arguments, Path root)
      throws IOException {
    String loader = "/lib64/ld-linux-x86-64.so.2";
    Ended listed = Processes.command("chroot", root.toString(), loader, "--list", program).run();
    if (listed.exitCode() != 0) {
      return;
    }
    Path bundle = bundle();
    copy(machine, program, bundle, program);
    copy(machine, loader, bundle, loader);
    for (String line : listed.text().lines().toList()) {
      int arrow = line.indexOf("=> ");
      if (arrow > 0) {
        String library = line.substring(arrow + 3, line.lastIndexOf(" ("));
        copy(machine, library, bundle, library);
      }
    }
    trial.compare(program, "closure", bundle, container(program, arguments), true);
    delete(bundle);
  }

  private static ContainerConfig container(String program, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    return ContainerConfig.EMPTY.toBuilder().cmd(command).build();
  }

  private Path bundle() throws IOException {
    Path bundle = Files.createTempDirectory(WORKSPACE.directory(), "bundle");
    Files.createDirectory(bundle.resolve("rootfs"));
    return bundle;
  }

  /** Does what a COPY line says. */
  private List<Path> apply(String line, Path bundle) throws IOException {
    String[] words = line.split(" ");
    Map<String, FileTree> stages = Map.of("--from=build", machine, "--from=java", java);
    assertThat(stages).containsKey(words[1]);
    String destination = words[words.length - 1];
    List<Path> copied = new ArrayList<>();
    for (int i = 2; i < words.length - 1; i++) {
      String name = words[i].substring(words[i].lastIndexOf('/') + 1);
      String place = destination.endsWith("/") ? destination + name : destination;
      copied.add(copy(stages.get(words[1]), words[i], bundle, place));
    }
    return copied;
  }

  private static Path copy(FileTree from, String source, Path bundle, String place)
      throws IOException {
    return write(from.resolve(TreePath.of(source), FollowLast.YES).found(), target(bundle, place));
  }

  private static Path write(Entry entry, Path target) throws IOException {
    if (entry instanceof Directory directory) {
      Files.createDirectory(target);
      for (int i = 0; i < directory.size(); i++) {
        String name = new String(directory.nameAt(i), StandardCharsets.UTF_8);
        write(directory.childAt(i), target.resolve(name));
      }
      return target;
    }
    if (entry instanceof Symlink link) {
      return Files.createSymbolicLink(
          target, Path.of(new String(link.target(), StandardCharsets.UTF_8)));
    }
    RegularFile file = (RegularFile) entry;
    try (InputStream in = file.content().open()) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.setAttribute(target, "unix:mode", file.metadata().mode());
    return target;
  }

  private static void copy(Path from, Path bundle, String place) throws IOException {
    Files.copy(from, target(bundle, place), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static Path target(Path bundle, String place) throws IOException {
    Path target = bundle.resolve("rootfs").resolve(place.substring(1));
    Files.createDirectories(target.getParent());
    return target;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
