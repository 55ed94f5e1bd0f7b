package dev.slipway.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.inspect.start.AtHand;
import dev.slipway.inspect.start.StageTree;
import dev.slipway.inspect.start.StartCheck;
import dev.slipway.inspect.start.StartFinding;
import dev.slipway.it.Processes.Ended;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Platform;
import dev.slipway.tree.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The start check's verdict on real programs, alone on an empty root, with all that the check says
 * is missing, and with one of these taken away again; and what runc makes of each.
 */
class StartCheckPrecisionTest {
  private static final List<String> PROGRAMS =
      List.of(
          "/bin/bash",
          "/bin/dash",
          "/bin/cat",
          "/bin/ls",
          "/bin/grep",
          "/bin/sed",
          "/bin/tar",
          "/bin/gzip",
          "/bin/mount",
          "/bin/ps",
          "/bin/kmod",
          "/bin/ip",
          "/bin/systemctl",
          "/bin/busybox",
          "/usr/bin/busybox",
          "/usr/bin/mawk",
          "/usr/bin/find",
          "/usr/bin/xz",
          "/usr/bin/zstd",
          "/usr/bin/perl",
          "/usr/bin/python3",
          "/usr/bin/git",
          "/usr/bin/curl",
          "/usr/bin/wget",
          "/usr/bin/openssl",
          "/usr/bin/ssh",
          "/usr/bin/gcc",
          "/usr/bin/as",
          "/usr/bin/ld",
          "/usr/bin/make",
          "/usr/bin/java",
          "/usr/bin/node",
          "/usr/sbin/nginx",
          "/usr/bin/jq",
          "/usr/sbin/runc",
          "/usr/bin/runc",
          "/usr/bin/crun",
          "/usr/bin/skopeo",
          "/usr/bin/umoci",
          "/usr/bin/strace",
          "/usr/bin/dpkg",
          "/usr/bin/apt-get",
          "/usr/bin/file",
          "/usr/bin/less",
          "/usr/bin/bwrap",
          "/usr/bin/buildah",
          "/usr/sbin/dockerd",
          "/usr/bin/docker",
          "/usr/bin/containerd",
          "/usr/bin/fuse-overlayfs",
          "/usr/bin/hyperfine",
          "/usr/bin/rsync",
          "/usr/bin/vim.basic",
          "/usr/bin/sqlite3",
          "/usr/bin/env",
          "/usr/bin/sort",
          "/usr/bin/id",
          "/usr/bin/ldd",
          "/usr/bin/which",
          "/usr/bin/zgrep",
          "/usr/bin/gunzip",
          "/usr/bin/prove",
          "/usr/bin/pod2text",
          "/usr/bin/chromium",
          "/usr/lib/chromium/chromium",
          "/usr/bin/docker-registry",
          "/usr/bin/gdb",
          "/usr/bin/newuidmap",
          "/usr/bin/mmdebstrap",
          "/usr/bin/py3compile",
          "/usr/bin/deb-systemd-helper",
          "/usr/lib/git-core/git-remote-http",
          "/usr/sbin/ldconfig");

  private static final Set<String> NOT_STARTED =
      Set.of(
          "runc run failed",
          "unable to start container process",
          "error while loading shared libraries",
          "Error loading shared library",
          "Error relocating",
          "version `",
          "env: '",
          "env: \u2018");

  /** 128 and SIGSEGV: what comes of executing a library. */
  private static final int CRASHED = 139;

  @TempDir Path temporary;
  private final StringBuilder table = new StringBuilder();
  private final List<String> wrong = new ArrayList<>();
  private FileTree machine;
  private int runs;

  @Test
  void theVerdictIsWhatHappensForProgramsOfDebian() throws IOException {
    Machine.requireRoot();
    Machine.require("runc");
    machine = HostTree.debian();
    int programs = 0;
    for (String program : PROGRAMS) {
      if (Files.isRegularFile(Path.of(program))) {
        programs++;
        examine(program, Path.of(program));
      }
    }
    finish();
    assumeTrue(programs >= 40, "needs 40 of the programs, has " + programs);
  }

  @Test
  void theVerdictIsWhatHappensForCompiledPrograms() throws IOException {
    Machine.requireRoot();
    Machine.require("runc", "gcc", "musl-gcc");
    machine = HostTree.debian();
    Path source = temporary.resolve("hello.c");
    Files.writeString(source, "#include <stdio.h>\nint main() { puts(\"hello\"); return 0; }\n");
    compile("dynamic", "gcc");
    compile("static", "gcc", "-static");
    compile("static-pie", "gcc", "-static-pie");
    compile("no-pie", "gcc", "-no-pie");
    compile("musl-dynamic", "musl-gcc");
    compile("musl-static", "musl-gcc", "-static");
    compile("object", "gcc", "-c");
    compile("library", "gcc", "-shared", "-fPIC");
    Path scripts = Files.createDirectories(temporary.resolve("scripts"));
    script(scripts, "plain", "echo hello\n", "rwxr-xr-x");
    script(scripts, "sh", "#!/bin/sh\necho hello\n", "rwxr-xr-x");
    script(scripts, "sh-blank", "#! /bin/sh -e\necho hello\n", "rwxr-xr-x");
    script(scripts, "sh-windows", "#!/bin/sh\r\necho hello\r\n", "rwxr-xr-x");
    script(scripts, "env", "#!/usr/bin/env bash\necho hello\n", "rwxr-xr-x");
    script(scripts, "env-split", "#!/usr/bin/env -S bash -e\necho hello\n", "rwxr-xr-x");
    script(scripts, "env-argument", "#!/usr/bin/env bash -e\necho hello\n", "rwxr-xr-x");
    script(scripts, "perl", "#!/usr/bin/perl -w\nprint 1;\n", "rwxr-xr-x");
    script(scripts, "nobody", "#!/no/such/interpreter\n", "rwxr-xr-x");
    script(scripts, "not-executable", "#!/bin/sh\necho hello\n", "rw-r--r--");
    script(scripts, "empty", "", "rwxr-xr-x");
    finish();
  }

  private void compile(String name, String... command) throws IOException {
    Path program = temporary.resolve(name);
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("-o", program.toString(), temporary.resolve("hello.c").toString()));
    Processes.command(words).run().orFail();
    program.toFile().setExecutable(true, false);
    examine("/" + name, program);
  }

  private void script(Path directory, String name, String text, String mode) throws IOException {
    Path script = directory.resolve(name);
    Files.writeString(script, text);
    Files.setPosixFilePermissions(
        script, java.nio.file.attribute.PosixFilePermissions.fromString(mode));
    examine("/script/" + name, script);
  }

  private void examine(String program, Path file) throws IOException {
    Path root = Files.createDirectories(temporary.resolve("bundle" + runs++).resolve("rootfs"));
    copy(file.toRealPath(), root.resolve(program.substring(1)));
    List<StartFinding> alone = compare(program, "alone", root);
    List<String> repairs = new ArrayList<>();
    alone.forEach(finding -> repairs.addAll(finding.repair()));
    if (!repairs.isEmpty()) {
      List<Path> copied = new ArrayList<>();
      for (String repair : repairs) {
        copied.addAll(apply(repair, root));
      }
      compare(program, "repaired", root);
      Files.delete(copied.get(copied.size() - 1));
      compare(program, "one taken", root);
    }
    delete(root.getParent());
  }

  private List<StartFinding> compare(String program, String state, Path root) throws IOException {
    ImageConfig config =
        new ImageConfig(
            new Platform("linux", System.getProperty("os.arch")),
            "",
            "",
            ContainerConfig.EMPTY.toBuilder().cmd(List.of(program, "--version")).build(),
            List.of(),
            List.of(),
            java.util.Map.of());
    List<StartFinding> findings =
        StartCheck.check(
                HostTree.read(root, path -> true),
                config,
                AtHand.ALL,
                List.of(new StageTree("build", () -> machine)))
            .findings();
    boolean said = findings.stream().noneMatch(StartFinding::certain);
    Ended ended = run(program, root);
    boolean happened =
        ended.exitCode() != CRASHED
            && !ended.errors().contains("exec " + program + ": ")
            && NOT_STARTED.stream().noneMatch(ended.errors()::contains)
            && NOT_STARTED.stream().noneMatch(ended.text()::contains);
    String first = ended.errors().lines().findFirst().orElse("");
    String line =
        String.format(
            "%-34s %-10s %-12s %-12s %s",
            program,
            state,
            said ? "starts" : "cannot",
            happened ? "started" : "did not",
            said == happened ? "" : "WRONG: " + findings + " / " + ended.exitCode() + " " + first);
    table.append(line).append('\n');
    // A script may ask for what no copied file can give; an ELF program never does.
    boolean repairable = state.equals("repaired") && !program.startsWith("/script/");
    if (said != happened || repairable && !said) {
      wrong.add(line);
    }
    return findings;
  }

  private Ended run(String program, Path root) throws IOException {
    Path bundle = root.getParent();
    Path config = bundle.resolve("config.json");
    Files.deleteIfExists(config);
    Processes.command("runc", "spec", "--bundle", bundle.toString()).run().orFail();
    Files.writeString(
        config,
        Files.readString(config)
            .replaceFirst("\"terminal\":\\s*true", "\"terminal\":false")
            .replaceFirst(
                "\"args\":\\s*\\[[^]]*]", "\"args\":[\"" + program + "\",\"--version\"]"));
    String id = "slipway-it-start-" + ProcessHandle.current().pid() + "-" + runs++;
    return Processes.command("runc", "run", "--bundle", bundle.toString(), id).run();
  }

  /** Does what a COPY line says. */
  private static List<Path> apply(String line, Path root) throws IOException {
    String[] words = line.split(" ");
    assertThat(line).startsWith("COPY --from=build ");
    String destination = words[words.length - 1];
    List<Path> copied = new ArrayList<>();
    for (int i = 2; i < words.length - 1; i++) {
      Path source = Path.of(words[i]);
      String place = destination.endsWith("/") ? destination + source.getFileName() : destination;
      copied.add(copy(source.toRealPath(), root.resolve(place.substring(1))));
    }
    return copied;
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    return Files.copy(
        from, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void finish() {
    System.out.println("program                            state      check        runc");
    System.out.println(table);
    assertThat(wrong).isEmpty();
  }
}
