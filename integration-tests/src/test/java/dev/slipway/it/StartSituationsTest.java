package dev.slipway.it;

import dev.slipway.oci.ContainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Where libraries lie, who may read them, and what a command is: each made with a compiler, judged
 * by the start check, and run with runc.
 */
class StartSituationsTest {
  /** A program that asks a library of its own, a static program, a loader and a libc. */
  private static final String PREPARE =
      """
      set -eu
      echo 'int answer(void) { return 42; }' >answer.c
      echo 'int answer(void); int main(void) { return answer() - 42; }' >asks.c
      echo 'int main(void) { return 0; }' >alone.c
      gcc -shared -fPIC -o libanswer.so -Wl,-soname,libanswer.so answer.c
      gcc -o asks asks.c -L. -lanswer
      gcc -o asks-origin asks.c -L. -lanswer -Wl,-rpath,'$ORIGIN/../lib/answer'
      gcc -o asks-rpath asks.c -L. -lanswer -Wl,--disable-new-dtags,-rpath,/opt/answer
      gcc -static -o alone alone.c
      echo 'V2 { answer; };' >v2.map
      gcc -shared -fPIC -o libversions.so -Wl,-soname,libversions.so -Wl,--version-script=v2.map answer.c
      gcc -o asks-version asks.c -L. -lversions
      echo 'V1 { answer; };' >v1.map
      mkdir old && gcc -shared -fPIC -o old/libversions.so -Wl,-soname,libversions.so \
        -Wl,--version-script=v1.map answer.c
      musl-gcc -shared -fPIC -o musl-libanswer.so -Wl,-soname,libanswer.so answer.c
      musl-gcc -o musl-asks asks.c musl-libanswer.so
      # The same program for a machine that this one is not: e_machine is at offset 18.
      cp alone other && printf '\\267' | dd of=other bs=1 seek=18 conv=notrunc 2>/dev/null
      head -c 4000 alone >cut
      """;

  private static final String GLIBC =
      """
      mkdir -p lib64 lib/x86_64-linux-gnu etc
      cp /lib64/ld-linux-x86-64.so.2 lib64/
      cp /lib/x86_64-linux-gnu/libc.so.6 lib/x86_64-linux-gnu/
      """;

  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  private final StartTrial trial = new StartTrial(List.of());
  private int count;

  @BeforeEach
  void compile() {
    Machine.requireRoot();
    Machine.require("runc", "gcc", "musl-gcc");
    Processes.command("sh", "-c", PREPARE).in(WORKSPACE.directory()).run().orFail();
  }

  private void judge(String what, String make, ContainerConfig.Builder container)
      throws IOException {
    Path bundle = Files.createDirectory(WORKSPACE.path("bundle" + count++));
    Path root = Files.createDirectory(bundle.resolve("rootfs"));
    Processes.command("sh", "-euc", GLIBC + make)
        .in(root)
        .with("T", WORKSPACE.directory().toString())
        .run()
        .orFail();
    Processes.command("chmod", "755", root.toString()).run().orFail();
    trial.compare(what, "", bundle, container.build(), false);
  }

  private static ContainerConfig.Builder command(String... words) {
    return ContainerConfig.EMPTY.toBuilder().cmd(List.of(words));
  }

  @Test
  void librariesAreFoundWhereTheLoaderFindsThem() throws IOException {
    String asks = "cp $T/asks . && mkdir -p opt/answer usr/lib && ";
    judge("library missing", asks + "true", command("/asks"));
    judge("in /usr/lib", asks + "cp $T/libanswer.so usr/lib", command("/asks"));
    judge("in /opt", asks + "cp $T/libanswer.so opt/answer", command("/asks"));
    judge(
        "in LD_LIBRARY_PATH",
        asks + "cp $T/libanswer.so opt/answer",
        command("/asks").env(List.of("LD_LIBRARY_PATH=/nowhere:/opt/answer")));
    judge(
        "in ld.so.conf, without a cache",
        asks + "cp $T/libanswer.so opt/answer && echo /opt/answer >etc/ld.so.conf",
        command("/asks"));
    judge(
        "in ld.so.conf, with a cache",
        asks + "cp $T/libanswer.so opt/answer && echo /opt/answer >etc/ld.so.conf && ldconfig -r .",
        command("/asks"));
    judge("empty library", asks + ": >usr/lib/libanswer.so", command("/asks"));
    judge(
        "$ORIGIN in RUNPATH",
        "mkdir bin lib/answer && cp $T/asks-origin bin && cp $T/libanswer.so lib/answer",
        command("asks-origin"));
    judge(
        "$ORIGIN, elsewhere",
        "mkdir opt lib/answer && cp $T/asks-origin opt/asks && mkdir -p o/lib/answer"
            + " && cp $T/libanswer.so o/lib/answer",
        command("/opt/asks"));
    judge(
        "RPATH",
        "mkdir -p opt/answer && cp $T/asks-rpath . && cp $T/libanswer.so opt/answer",
        command("/asks-rpath"));
    judge("musl program, no loader", "cp $T/musl-asks .", command("/musl-asks"));
    judge(
        "musl program",
        "cp $T/musl-asks . && cp /lib/ld-musl-x86_64.so.1 lib"
            + " && cp $T/musl-libanswer.so lib/libanswer.so",
        command("/musl-asks"));
    judge(
        "musl program, broken library first",
        "cp $T/musl-asks . && cp /lib/ld-musl-x86_64.so.1 lib && mkdir usr usr/lib"
            + " && : >lib/libanswer.so && cp $T/musl-libanswer.so usr/lib/libanswer.so",
        command("/musl-asks"));
    judge(
        "version there",
        "mkdir -p usr/lib && cp $T/asks-version . && cp $T/libversions.so usr/lib",
        command("/asks-version"));
    judge(
        "version not there",
        "mkdir -p usr/lib && cp $T/asks-version . && cp $T/old/libversions.so usr/lib",
        command("/asks-version"));
    trial.finish();
  }

  @Test
  void commandsAreWhatTheyAre() throws IOException {
    String alone = "mkdir -p bin opt/bin && cp $T/alone opt/bin && ";
    judge("in PATH", alone + "true", command("alone").env(List.of("PATH=/bin:/opt/bin")));
    judge("not in PATH", alone + "true", command("alone"));
    judge("relative", alone + "true", command("./alone").workingDir("/opt/bin"));
    judge("relative, elsewhere", alone + "true", command("./alone").workingDir("/opt"));
    judge("missing WORKDIR", alone + "true", command("/opt/bin/alone").workingDir("/data"));
    judge("WORKDIR is a file", alone + ": >data", command("/opt/bin/alone").workingDir("/data"));
    judge("through a link", alone + "ln -s /opt/bin/alone bin/a", command("a"));
    judge("a link to nowhere", alone + "ln -s /gone bin/a", command("/bin/a"));
    judge("links in a circle", alone + "ln -s b bin/a && ln -s a bin/b", command("/bin/a"));
    judge("a directory", alone + "mkdir bin/a", command("/bin/a"));
    judge("not executable", alone + "chmod 644 opt/bin/alone", command("/opt/bin/alone"));
    judge("another machine's", "cp $T/other .", command("/other"));
    judge("cut off", "cp $T/cut .", command("/cut"));
    judge(
        "of root alone", alone + "chmod 700 opt/bin/alone", command("/opt/bin/alone").user("1000"));
    judge("behind a closed door", alone + "chmod 700 opt", command("/opt/bin/alone").user("1000"));
    judge("for all", alone + "true", command("/opt/bin/alone").user("1000"));
    judge(
        "library of root alone",
        "mkdir -p usr/lib && cp $T/asks . && cp $T/libanswer.so usr/lib"
            + " && chmod 600 usr/lib/libanswer.so",
        command("/asks").user("1000"));
    judge(
        "loader not executable",
        "mkdir -p usr/lib && cp $T/asks . && cp $T/libanswer.so usr/lib" + " && chmod 644 lib64/*",
        command("/asks"));
    trial.finish();
  }
}
