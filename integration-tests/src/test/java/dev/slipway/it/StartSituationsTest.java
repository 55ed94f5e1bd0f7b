package dev.slipway.it;

import static dev.slipway.it.StartRoots.command;

import java.io.IOException;
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

  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  private final StartRoots roots = new StartRoots(WORKSPACE);

  @BeforeEach
  void compile() {
    Machine.requireRoot();
    Machine.require("runc", "gcc", "musl-gcc");
    Processes.command("sh", "-c", PREPARE).in(WORKSPACE.directory()).run().orFail();
  }

  @Test
  void librariesAreFoundWhereTheLoaderFindsThem() throws IOException {
    String asks = "cp $T/asks . && mkdir -p opt/answer usr/lib && ";
    roots.judge("library missing", asks + "true", command("/asks"));
    roots.judge("in /usr/lib", asks + "cp $T/libanswer.so usr/lib", command("/asks"));
    roots.judge("in /opt", asks + "cp $T/libanswer.so opt/answer", command("/asks"));
    roots.judge(
        "in LD_LIBRARY_PATH",
        asks + "cp $T/libanswer.so opt/answer",
        command("/asks").env(List.of("LD_LIBRARY_PATH=/nowhere:/opt/answer")));
    roots.judge(
        "in ld.so.conf, without a cache",
        asks + "cp $T/libanswer.so opt/answer && echo /opt/answer >etc/ld.so.conf",
        command("/asks"));
    roots.judge(
        "in ld.so.conf, with a cache",
        asks + "cp $T/libanswer.so opt/answer && echo /opt/answer >etc/ld.so.conf && ldconfig -r .",
        command("/asks"));
    roots.judge("empty library", asks + ": >usr/lib/libanswer.so", command("/asks"));
    roots.judge(
        "$ORIGIN in RUNPATH",
        "mkdir bin lib/answer && cp $T/asks-origin bin && cp $T/libanswer.so lib/answer",
        command("asks-origin"));
    roots.judge(
        "$ORIGIN, elsewhere",
        "mkdir opt lib/answer && cp $T/asks-origin opt/asks && mkdir -p o/lib/answer"
            + " && cp $T/libanswer.so o/lib/answer",
        command("/opt/asks"));
    roots.judge(
        "RPATH",
        "mkdir -p opt/answer && cp $T/asks-rpath . && cp $T/libanswer.so opt/answer",
        command("/asks-rpath"));
    roots.judge("musl program, no loader", "cp $T/musl-asks .", command("/musl-asks"));
    roots.judge(
        "musl program",
        "cp $T/musl-asks . && cp /lib/ld-musl-x86_64.so.1 lib"
            + " && cp $T/musl-libanswer.so lib/libanswer.so",
        command("/musl-asks"));
    roots.judge(
        "musl program, broken library first",
        "cp $T/musl-asks . && cp /lib/ld-musl-x86_64.so.1 lib && mkdir usr usr/lib"
            + " && : >lib/libanswer.so && cp $T/musl-libanswer.so usr/lib/libanswer.so",
        command("/musl-asks"));
    roots.judge(
        "version there",
        "mkdir -p usr/lib && cp $T/asks-version . && cp $T/libversions.so usr/lib",
        command("/asks-version"));
    roots.judge(
        "version not there",
        "mkdir -p usr/lib && cp $T/asks-version . && cp $T/old/libversions.so usr/lib",
        command("/asks-version"));
    roots.finish();
  }

  @Test
  void commandsAreWhatTheyAre() throws IOException {
    String alone = "mkdir -p bin opt/bin && cp $T/alone opt/bin && ";
    roots.judge("in PATH", alone + "true", command("alone").env(List.of("PATH=/bin:/opt/bin")));
    roots.judge("not in PATH", alone + "true", command("alone"));
    roots.judge("relative", alone + "true", command("./alone").workingDir("/opt/bin"));
    roots.judge("relative, elsewhere", alone + "true", command("./alone").workingDir("/opt"));
    roots.judge("missing WORKDIR", alone + "true", command("/opt/bin/alone").workingDir("/data"));
    roots.judge(
        "WORKDIR is a file", alone + ": >data", command("/opt/bin/alone").workingDir("/data"));
    roots.judge("through a link", alone + "ln -s /opt/bin/alone bin/a", command("a"));
    roots.judge("a link to nowhere", alone + "ln -s /gone bin/a", command("/bin/a"));
    roots.judge("links in a circle", alone + "ln -s b bin/a && ln -s a bin/b", command("/bin/a"));
    roots.judge("a directory", alone + "mkdir bin/a", command("/bin/a"));
    roots.judge("not executable", alone + "chmod 644 opt/bin/alone", command("/opt/bin/alone"));
    roots.judge("another machine's", "cp $T/other .", command("/other"));
    roots.judge("cut off", "cp $T/cut .", command("/cut"));
    roots.judge(
        "of root alone", alone + "chmod 700 opt/bin/alone", command("/opt/bin/alone").user("1000"));
    roots.judge(
        "behind a closed door", alone + "chmod 700 opt", command("/opt/bin/alone").user("1000"));
    roots.judge("for all", alone + "true", command("/opt/bin/alone").user("1000"));
    roots.judge(
        "library of root alone",
        "mkdir -p usr/lib && cp $T/asks . && cp $T/libanswer.so usr/lib"
            + " && chmod 600 usr/lib/libanswer.so",
        command("/asks").user("1000"));
    roots.judge(
        "loader not executable",
        "mkdir -p usr/lib && cp $T/asks . && cp $T/libanswer.so usr/lib" + " && chmod 644 lib64/*",
        command("/asks"));
    roots.finish();
  }
}
