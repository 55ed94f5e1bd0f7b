package dev.slipway.it;

import static dev.slipway.it.StartRoots.command;

import dev.slipway.oci.ContainerConfig;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is rare and legal, or common and wrong: each made, judged by the start check, and run with
 * runc.
 */
class StartOdditiesTest {
  private static final String PREPARE =
      """
      set -eu
      echo 'int answer(void) { return 42; }' >answer.c
      echo 'int answer(void); int main(void) { return answer() - 42; }' >asks.c
      echo 'int main(void) { return 0; }' >alone.c
      echo 'void _start(void) { __asm__("movl $1,%eax; xorl %ebx,%ebx; int $0x80"); }' >start.c
      gcc -shared -fPIC -o libanswer.so -Wl,-soname,libanswer.so answer.c
      gcc -o asks asks.c -L. -lanswer
      gcc -o asks-origin asks.c -L. -lanswer -Wl,-rpath,'$ORIGIN/../lib/answer'
      gcc -o asks-lib asks.c -L. -lanswer -Wl,-rpath,'/opt/$LIB'
      gcc -o asks-relative asks.c -L. -lanswer -Wl,-rpath,lib/answer
      gcc -o asks-nodefault asks.c -L. -lanswer -Wl,-z,nodefaultlib,-rpath,/lib/x86_64-linux-gnu
      gcc -static -o alone alone.c
      gcc -static-pie -fPIE -o alone-pie alone.c
      gcc -m32 -static -nostdlib -ffreestanding -fno-pie -no-pie -o alone-32 start.c
      gcc -c -o object.o alone.c
      strip alone -o stripped
      musl-gcc -shared -fPIC -o musl-libanswer.so -Wl,-soname,libanswer.so answer.c
      musl-gcc -o musl-asks asks.c musl-libanswer.so
      musl-gcc -o musl-moved asks.c musl-libanswer.so -Wl,--dynamic-linker=/opt/lib/ld-musl-x86_64.so.1
      # Without section headers: e_shoff at 40, e_shnum and e_shstrndx at 60.
      for file in asks libanswer.so; do
        cp $file bare-$file
        dd if=/dev/zero of=bare-$file bs=1 seek=40 count=8 conv=notrunc 2>/dev/null
        dd if=/dev/zero of=bare-$file bs=1 seek=60 count=4 conv=notrunc 2>/dev/null
      done
      """;

  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  private final StartRoots roots = new StartRoots(WORKSPACE);

  @BeforeEach
  void compile() {
    Machine.requireRoot();
    Machine.require("runc", "gcc", "musl-gcc", "busybox", "tini", "ldconfig");
    Processes.command("sh", "-c", PREPARE).in(WORKSPACE.directory()).run().orFail();
  }

  @Test
  void scripts() throws IOException {
    String tools =
        "mkdir -p bin usr/bin && cp /usr/bin/env usr/bin && cp /bin/busybox bin && "
            + "for a in sh ls cat true; do ln -s busybox bin/$a; done && cp $T/alone bin && ";
    judge("env", tools + script("#!/usr/bin/env alone"), "/s");
    judge("env of nothing", tools + script("#!/usr/bin/env alone -x"), "/s");
    judge("env -S", tools + script("#!/usr/bin/env -S alone -x"), "/s");
    judge("env -S without a blank", tools + script("#!/usr/bin/env -Salone -x"), "/s");
    judge("env -S, not there", tools + script("#!/usr/bin/env -S gone -x"), "/s");
    judge("env -S with a variable", tools + script("#!/usr/bin/env -S A=1 alone"), "/s");
    judge("env -S with a variable, not there", tools + script("#!/usr/bin/env -S A=1 gone"), "/s");
    judge("env -S -i", tools + script("#!/usr/bin/env -S -i /bin/alone"), "/s");
    judge("env -iS, not there", tools + script("#!/usr/bin/env -iS /bin/gone"), "/s");
    judge("env -S -u, not there", tools + script("#!/usr/bin/env -S -u HOME gone"), "/s");
    judge("env --split-string", tools + script("#!/usr/bin/env --split-string=alone -x"), "/s");
    judge(
        "env of busybox",
        tools + "ln -sf /bin/busybox usr/bin/env && " + script("#!/usr/bin/env alone"),
        "/s");
    judge("applet", tools + script("#!/bin/busybox sh"), "/s");
    judge("applet by link", tools + script("#! /bin/sh -e"), "/s");
    judge("CRLF", tools + "printf '#!/bin/sh\\r\\ntrue\\r\\n' >s && chmod 755 s", "/s");
    judge("CRLF behind an option", tools + "printf '#!/bin/sh -e\\r\\n' >s && chmod 755 s", "/s");
    judge("CRLF and env", tools + "printf '#!/usr/bin/env alone\\r\\n' >s && chmod 755 s", "/s");
    judge(
        "byte order mark", tools + "printf '\\357\\273\\277#!/bin/sh\\n' >s && chmod 755 s", "/s");
    judge("blank before #!", tools + script(" #!/bin/sh"), "/s");
    judge("#! alone", tools + script("#!"), "/s");
    judge("relative interpreter", tools + script("#!bin/alone"), "/s");
    judge("no line end", tools + "printf '#!/bin/alone' >s && chmod 755 s", "/s");
    judge("directory as interpreter", tools + script("#!/bin"), "/s");
    judge(
        "not readable",
        tools + script("#!/bin/sh") + " && chmod 711 s",
        command("/s").user("1000"));
    for (int depth = 3; depth <= 6; depth++) {
      StringBuilder chain = new StringBuilder(tools + "echo '#!/bin/alone' >s0 && chmod 755 s0");
      for (int i = 1; i < depth; i++) {
        chain.append(" && echo '#!/s").append(i - 1).append("' >s").append(i);
        chain.append(" && chmod 755 s").append(i);
      }
      judge(depth + " interpreters", chain.toString(), "/s" + (depth - 1));
    }
    String deep = "/" + "d".repeat(200);
    for (int length = 48; length <= 50; length++) {
      String interpreter = deep + "/" + "e".repeat(length);
      String make =
          tools + "mkdir ." + deep + " && cp bin/alone ." + interpreter + " && chmod 755 . && ";
      judge("interpreter of " + interpreter.length(), make + script("#!" + interpreter), "/s");
      judge(
          "interpreter of " + interpreter.length() + " and an argument",
          make + script("#!" + interpreter + " argument"),
          "/s");
      judge(
          "interpreter of " + interpreter.length() + " without a line end",
          make + "printf '#!" + interpreter + "' >s && chmod 755 s",
          "/s");
    }
    judge(
        "interpreter ended by a NUL",
        tools + "printf '#!/bin/alone\\000x\\n' >s && chmod 755 s",
        "/s");
    judge("long argument", tools + script("#!/bin/alone " + "x".repeat(400)), "/s");
    judge(
        "blanks that fill what is looked at",
        tools + "printf '#!%300s/bin/alone\\n' ' ' >s && chmod 755 s",
        "/s");
    for (String option :
        List.of("-S alone", "-vS alone", "--split-string=alone", "-iS /bin/alone")) {
      judge(
          "busybox env " + option,
          tools + "ln -sf /bin/busybox usr/bin/env && " + script("#!/usr/bin/env " + option),
          "/s");
    }
    String far = "/" + "long/".repeat(50) + "alone";
    judge(
        "interpreter too long",
        tools
            + "mkdir -p ./"
            + far.substring(0, far.length() - 6)
            + " && cp bin/alone ."
            + far
            + " && "
            + script("#!" + far),
        "/s");
    roots.finish();
  }

  private static String script(String text) {
    return "printf '%s\\ntrue\\n' '" + text + "' >s && chmod 755 s";
  }

  private void judge(String what, String make, String... command) throws IOException {
    roots.judge(what, make, command(command));
  }

  private void judge(String what, String make, ContainerConfig.Builder container)
      throws IOException {
    roots.judge(what, make, container);
  }

  @Test
  void commands() throws IOException {
    String alone =
        "mkdir -p bin opt/bin && cp $T/alone opt/bin && cp /bin/busybox bin "
            + "&& ln -s busybox bin/sh && ln -s busybox bin/ls && ";
    judge(
        "relative PATH",
        alone + "true",
        command("alone").env(List.of("PATH=bin")).workingDir("/opt"));
    judge(
        "relative PATH, elsewhere",
        alone + "true",
        command("alone").env(List.of("PATH=bin:/bin")).workingDir("/bin"));
    judge(
        "relative PATH, later the right one",
        alone + "true",
        command("alone").env(List.of("PATH=bin:/opt/bin")).workingDir("/opt"));
    judge(
        "empty PATH entry",
        alone + "true",
        command("alone").env(List.of("PATH=/bin:")).workingDir("/opt/bin"));
    judge(
        "empty PATH",
        alone + "true",
        command("alone").env(List.of("PATH=")).workingDir("/opt/bin"));
    judge(
        "PATH twice", alone + "true", command("alone").env(List.of("PATH=/bin", "PATH=/opt/bin")));
    judge(
        "PATH of files",
        alone + "true",
        command("alone").env(List.of("PATH=/opt/bin/alone:/opt/bin")));
    judge(
        "in PATH, not executable first",
        alone + "cp $T/alone bin/alone && chmod 644 bin/alone",
        command("alone").env(List.of("PATH=/bin:/opt/bin")));
    judge(
        "a directory in PATH first",
        alone + "mkdir bin/alone",
        command("alone").env(List.of("PATH=/bin:/opt/bin")));
    judge("empty word", alone + "true", "");
    judge("a dot", alone + "true", ".");
    judge("slash at the end", alone + "true", "/opt/bin/alone/");
    judge("two slashes", alone + "true", "//opt//bin/./alone");
    judge("out of the root and in again", alone + "ln -s /../../opt/bin/alone bin/a", "/bin/a");
    judge("far out of the root", alone + "ln -s ../../../../opt/bin/alone bin/a", "a");
    judge(
        "links over links",
        alone + "ln -s /opt/bin o && ln -s ../o/alone bin/a && ln -s a bin/b",
        "b");
    judge("itself", alone + "ln -s a bin/a", "a");
    judge("through a file", alone + "true", "/opt/bin/alone/alone");
    judge(
        "up through a link", alone + "mkdir -p x/y && cp $T/alone x && ln -s x/y z", "/z/../alone");
    judge(
        "merged /usr",
        alone
            + "mkdir usr && for d in lib lib64 bin; do mv $d usr; ln -s usr/$d $d;"
            + " done && mkdir -p usr/lib && cp $T/libanswer.so usr/lib && cp $T/asks usr/bin",
        "asks");
    judge("shell form", alone + "true", "/bin/sh", "-c", "/opt/bin/alone");
    judge("shell form with exec", alone + "true", "/bin/sh", "-c", "exec /opt/bin/alone");
    judge("shell form with exec, gone", alone + "true", "/bin/sh", "-c", "exec /opt/bin/gone");
    judge("shell form with variable, gone", alone + "true", "/bin/sh", "-c", "A=1 /opt/bin/gone");
    judge("shell form with variable", alone + "true", "/bin/sh", "-c", "A=1 /opt/bin/alone");
    judge("shell form, gone", alone + "true", "/bin/sh", "-c", "gone");
    judge("shell form, quoted", alone + "true", "/bin/sh", "-c", "'/opt/bin/alone' x");
    judge("shell form, quoted, gone", alone + "true", "/bin/sh", "-c", "'/opt/bin/gone'");
    judge("shell form, set -e", alone + "true", "/bin/sh", "-c", "set -e; /opt/bin/alone");
    judge(
        "shell form, script without #!",
        alone + "echo true >s && chmod 755 s",
        "/bin/sh",
        "-c",
        "/s");
    judge("shell form, no shell", alone + "rm bin/sh", "/bin/sh", "-c", "/opt/bin/alone");
    judge("shell form, -ec", alone + "true", "/bin/sh", "-ec", "/opt/bin/gone");
    judge(
        "group may",
        alone
            + "chmod 710 opt && chmod 750 opt/bin/alone && chgrp -R 77 opt"
            + " && chmod 755 opt/bin",
        command("/opt/bin/alone").user("1000:77"));
    judge(
        "group may not",
        alone + "chmod 710 opt && chgrp 77 opt",
        command("/opt/bin/alone").user("1000:78"));
    judge(
        "owner may not",
        alone + "chown 1000 opt/bin/alone && chmod 077 opt/bin/alone",
        command("/opt/bin/alone").user("1000:1000"));
    judge("root, nobody may", alone + "chmod 644 opt/bin/alone", "/opt/bin/alone");
    roots.finish();
  }

  @Test
  void wrappers() throws IOException {
    String tools =
        "mkdir -p bin sbin && cp $T/alone bin && cp /usr/bin/tini bin && cp /bin/busybox bin"
            + " && ln -s busybox bin/nice && ln -s busybox bin/sh"
            + " && (cp /usr/sbin/gosu bin || ln -s busybox bin/gosu) 2>/dev/null && ";
    judge("tini", tools + "true", "tini", "--", "alone");
    judge("tini, gone", tools + "true", "/bin/tini", "--", "gone");
    judge("tini -g", tools + "true", "tini", "-g", "--", "/bin/alone");
    judge("tini without --", tools + "true", "tini", "alone", "--", "x");
    judge("tini -s, gone", tools + "true", "tini", "-s", "gone");
    judge("tini -p, gone", tools + "true", "tini", "-p", "SIGTERM", "gone");
    judge("tini -e 143", tools + "true", "tini", "-e", "143", "alone");
    judge("env, exec form", tools + "cp /usr/bin/env bin && true", "env", "A=1", "alone");
    judge("env, exec form, gone", tools + "cp /usr/bin/env bin && true", "env", "A=1", "gone");
    judge("tini and a shell, gone", tools + "true", "tini", "--", "sh", "-c", "/bin/gone");
    judge("tini and env, gone", tools + "cp /usr/bin/env bin", "tini", "--", "env", "gone");
    roots.finish();
  }

  @Test
  void programs() throws IOException {
    judge("static-pie", "cp $T/alone-pie .", "/alone-pie");
    judge("32 bits", "cp $T/alone-32 .", "/alone-32");
    judge("object file", "cp $T/object.o . && chmod 755 object.o", "/object.o");
    judge("stripped", "cp $T/stripped .", "/stripped");
    judge("library as a program", "cp $T/libanswer.so .", "/libanswer.so");
    judge(
        "glibc itself",
        "chmod 755 lib/x86_64-linux-gnu/libc.so.6",
        "/lib/x86_64-linux-gnu/libc.so.6");
    judge("loader itself", "true", "/lib64/ld-linux-x86-64.so.2", "--version");
    judge(
        "without section headers",
        "cp $T/bare-asks . && mkdir -p usr/lib && cp $T/bare-libanswer.so usr/lib/libanswer.so",
        "/bare-asks");
    judge("without section headers, library missing", "cp $T/bare-asks .", "/bare-asks");
    judge("cut in the middle", "head -c 9000 $T/asks >a && chmod 755 a", "/a");
    judge("header only", "head -c 64 $T/asks >a && chmod 755 a", "/a");
    judge("half a header", "head -c 20 $T/asks >a && chmod 755 a", "/a");
    roots.finish();
  }

  @Test
  void libraries() throws IOException {
    String asks = "cp $T/asks . && mkdir -p opt/answer usr/lib && ";
    String put = "cp $T/libanswer.so ";
    judge(
        "cache alone",
        asks
            + put
            + "opt/answer && echo /opt/answer >etc/ld.so.conf"
            + " && ldconfig -r . && rm etc/ld.so.conf",
        "/asks");
    judge(
        "cache by an included pattern",
        asks
            + put
            + "opt/answer && mkdir etc/ld.so.conf.d"
            + " && echo 'include ld.so.conf.d/*.conf' >etc/ld.so.conf"
            + " && echo /opt/answer >etc/ld.so.conf.d/a.conf && ldconfig -r . 2>/dev/null",
        "/asks");
    judge(
        "stale cache",
        asks
            + put
            + "opt/answer && echo /opt/answer >etc/ld.so.conf"
            + " && ldconfig -r . && rm opt/answer/libanswer.so",
        "/asks");
    judge(
        "stale cache, found elsewhere",
        asks
            + put
            + "opt/answer && echo /opt/answer >etc/ld.so.conf"
            + " && ldconfig -r . && mv opt/answer/libanswer.so usr/lib",
        "/asks");
    judge("broken cache", asks + put + "usr/lib && echo nonsense >etc/ld.so.cache", "/asks");
    judge(
        "hwcaps",
        asks
            + "mkdir -p usr/lib/x86_64-linux-gnu/glibc-hwcaps/x86-64-v2 && "
            + put
            + "usr/lib/x86_64-linux-gnu/glibc-hwcaps/x86-64-v2",
        "/asks");
    judge(
        "hwcaps in LD_LIBRARY_PATH",
        asks
            + "mkdir -p opt/answer/glibc-hwcaps/x86-64-v2 && "
            + put
            + "opt/answer/glibc-hwcaps/x86-64-v2",
        command("/asks").env(List.of("LD_LIBRARY_PATH=/opt/answer")));
    judge(
        "hwcaps of another machine",
        asks + "mkdir -p usr/lib/glibc-hwcaps/power10 && " + put + "usr/lib/glibc-hwcaps/power10",
        "/asks");
    judge(
        "hwcaps, in the cache",
        asks
            + "mkdir -p opt/answer/glibc-hwcaps/x86-64-v2 && "
            + put
            + "opt/answer/glibc-hwcaps/x86-64-v2 && echo /opt/answer >etc/ld.so.conf && ldconfig -r .",
        "/asks");
    judge(
        "$LIB",
        "mkdir -p opt/lib/x86_64-linux-gnu && cp $T/asks-lib . && "
            + put
            + "opt/lib/x86_64-linux-gnu",
        "/asks-lib");
    judge(
        "$LIB, not there",
        "mkdir -p opt/lib && cp $T/asks-lib . && " + put + "opt/lib",
        "/asks-lib");
    judge(
        "relative RUNPATH",
        "mkdir -p opt/lib/answer && cp $T/asks-relative . && " + put + "opt/lib/answer",
        command("/asks-relative").workingDir("/opt"));
    judge(
        "relative RUNPATH, elsewhere",
        "mkdir -p opt/lib/answer && cp $T/asks-relative . && " + put + "opt/lib/answer",
        "/asks-relative");
    judge(
        "no default directories",
        "mkdir -p usr/lib && cp $T/asks-nodefault . && " + put + "usr/lib",
        "/asks-nodefault");
    judge(
        "no default directories, in RUNPATH",
        "cp $T/asks-nodefault . && " + put + "lib/x86_64-linux-gnu",
        "/asks-nodefault");
    judge(
        "$ORIGIN through a link",
        "mkdir -p bin opt/bin opt/lib/answer && cp $T/asks-origin opt/bin"
            + " && ln -s ../opt/bin/asks-origin bin/a && "
            + put
            + "opt/lib/answer",
        "a");
    judge(
        "$ORIGIN beside a link",
        "mkdir -p bin opt/bin lib/answer && cp $T/asks-origin opt/bin"
            + " && ln -s ../opt/bin/asks-origin bin/a && "
            + put
            + "lib/answer",
        "a");
    judge(
        "library by a link",
        asks + put + "opt/answer/x && ln -s /opt/answer/x usr/lib/libanswer.so",
        "/asks");
    judge(
        "library by a link to nowhere", asks + "ln -s /opt/answer/x usr/lib/libanswer.so", "/asks");
    judge("library is a directory", asks + "mkdir usr/lib/libanswer.so", "/asks");
    judge(
        "directory closed",
        asks + put + "usr/lib && chmod 700 usr/lib",
        command("/asks").user("1000"));
    judge(
        "LD_LIBRARY_PATH, empty entry",
        asks + put + "opt/answer",
        command("/asks").env(List.of("LD_LIBRARY_PATH=:/gone")).workingDir("/opt/answer"));
    judge(
        "LD_LIBRARY_PATH=",
        asks + put + "opt/answer",
        command("/asks").env(List.of("LD_LIBRARY_PATH=")).workingDir("/opt/answer"));
    judge(
        "LD_LIBRARY_PATH with $ORIGIN",
        asks + put + "opt/answer",
        command("/asks").env(List.of("LD_LIBRARY_PATH=$ORIGIN/opt/answer")));
    judge(
        "LD_PRELOAD of nothing",
        asks + put + "usr/lib",
        command("/asks").env(List.of("LD_PRELOAD=/gone.so")));
    judge(
        "LD_PRELOAD gives it",
        asks + put + "opt/answer",
        command("/asks").env(List.of("LD_PRELOAD=/opt/answer/libanswer.so")));
    judge(
        "another machine's first",
        asks
            + "printf '\\267' >m && cp $T/libanswer.so lib/x86_64-linux-gnu"
            + " && dd if=m of=lib/x86_64-linux-gnu/libanswer.so bs=1 seek=18 conv=notrunc 2>/dev/null && "
            + put
            + "usr/lib",
        "/asks");
    judge("a script as library", asks + "echo 'GROUP ( x )' >usr/lib/libanswer.so", "/asks");
    judge(
        "a library cut off", asks + "head -c 5000 $T/libanswer.so >usr/lib/libanswer.so", "/asks");
    roots.finish();
  }

  @Test
  void librariesOfMusl() throws IOException {
    String asks =
        "rm -r lib64 && mkdir -p opt/answer && cp $T/musl-asks asks"
            + " && cp /lib/ld-musl-x86_64.so.1 lib && ";
    String put = "cp $T/musl-libanswer.so ";
    judge(
        "path file",
        asks
            + put
            + "opt/answer/libanswer.so"
            + " && printf '/lib\\n/opt/answer\\n' >etc/ld-musl-x86_64.path",
        "/asks");
    judge(
        "path file by colons",
        asks
            + put
            + "opt/answer/libanswer.so"
            + " && printf '/lib:/opt/answer' >etc/ld-musl-x86_64.path",
        "/asks");
    judge(
        "path file leaves /lib out",
        asks + put + "lib/libanswer.so" + " && echo /opt/answer >etc/ld-musl-x86_64.path",
        "/asks");
    judge(
        "empty path file", asks + put + "lib/libanswer.so && : >etc/ld-musl-x86_64.path", "/asks");
    judge(
        "ld.so.conf is not musl's",
        asks
            + put
            + "opt/answer/libanswer.so"
            + " && echo /opt/answer >etc/ld.so.conf && ldconfig -r . 2>/dev/null || true",
        "/asks");
    judge(
        "LD_LIBRARY_PATH",
        asks + put + "opt/answer/libanswer.so",
        command("/asks").env(List.of("LD_LIBRARY_PATH=/opt/answer")));
    String moved =
        "mkdir -p opt/lib opt/etc && cp $T/musl-moved asks"
            + " && cp /lib/ld-musl-x86_64.so.1 opt/lib && ";
    judge("loader elsewhere", moved + put + "lib/libanswer.so", "/asks");
    judge(
        "loader elsewhere, its own path file",
        moved
            + "mkdir data && "
            + put
            + "data/libanswer.so"
            + " && echo /data >opt/etc/ld-musl-x86_64.path",
        "/asks");
    judge(
        "loader elsewhere, a path file that is not its own",
        moved + "mkdir data && " + put + "data/libanswer.so && echo /data >etc/ld-musl-x86_64.path",
        "/asks");
    judge("glibc's library for musl", asks + "cp $T/libanswer.so lib", "/asks");
    roots.finish();
  }
}
