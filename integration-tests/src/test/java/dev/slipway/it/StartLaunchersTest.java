package dev.slipway.it;

import static dev.slipway.it.StartRoots.command;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Programs that start another one, and runtimes of languages. Each is made, judged by the start
 * check, and run with runc.
 */
class StartLaunchersTest extends StartShapes {
  @Test
  void launchersAndScripts() throws IOException {
    String own = TOOLS + script("s", "true") + " && ";
    judge("tini, script without #!", own + "true", "tini", "--", "/s");
    judge("gosu, script without #!", own + "true", "gosu", "1000", "/s");
    judge("env, script without #!", own + "true", "/usr/bin/env", "/s");
    judge("tini, script without #!, no sh", own + "rm bin/sh", "tini", "--", "/s");
    judge("tini, empty script", TOOLS + ": >s && chmod 755 s", "tini", "--", "/s");
    judge(
        "busybox env -S",
        TOOLS + "ln -sf /bin/busybox usr/bin/env && " + script("s", "#!/usr/bin/env -S alone -x"),
        "/s");
    judge("applet by a link", TOOLS + "ln -s busybox bin/date", "date");
    judge("applet that there is none of", TOOLS + "ln -s busybox bin/nonesuch", "nonesuch");
    judge("busybox, applet", TOOLS + "true", "busybox", "true");
    judge("busybox, no applet", TOOLS + "true", "busybox", "nonesuch");
    judge("busybox alone", TOOLS + "true", "busybox");
    judge("busybox --list", TOOLS + "true", "busybox", "--list");
    judge("busybox sh", TOOLS + "echo true >s", "busybox", "sh", "/s");
    judge(
        "interpreter is an applet there is none of",
        TOOLS + "ln -s busybox bin/bash && " + script("s", "#!/bin/bash"),
        "/s");
    judge("env -i", TOOLS + "true", "env", "-i", "/bin/alone");
    judge("env -i, gone", TOOLS + "true", "env", "-i", "/bin/gone");
    judge("env -C", TOOLS + "cp $T/alone opt", "env", "-C", "/opt", "./alone");
    StringBuilder links = new StringBuilder(TOOLS + "ln -s alone bin/l0");
    // Kernels give up at one or two fewer than 40 where they have to begin anew meanwhile.
    for (int i = 1; i < 41; i++) {
      links.append(" && ln -s l").append(i - 1).append(" bin/l").append(i);
      if (i == 36 || i == 40) {
        judge((i + 1) + " links", links.toString(), "/bin/l" + i);
        judge((i + 1) + " links in PATH", links.toString(), "l" + i);
        judge(
            "interpreter by " + (i + 1) + " links",
            links + " && " + script("s", "#!/bin/l" + i),
            "/s");
      }
    }
    judge(
        "links of directories and files add up",
        links + " && ln -s . d0 && for i in $(seq 20); do ln -s d$((i-1)) d$i; done",
        "/d20/bin/l22");
    judge("WORKDIR by 37 links", chain(37), command("alone").workingDir("/d37"));
    judge("WORKDIR by 41 links", chain(41), command("alone").workingDir("/d41"));
    judge(
        "links to WORKDIR and from there do not add up",
        links + " && ln -s . d0 && for i in $(seq 30); do ln -s d$((i-1)) d$i; done",
        command("./bin/l30").workingDir("/d30"));
    judge(
        "library by 41 links",
        "cp $T/asks . && cp $T/libanswer.so lib/l0 && cd lib && ln -s l40 libanswer.so"
            + " && for i in $(seq 40); do ln -s l$((i-1)) l$i; done",
        "/asks");
    judge(
        "interpreter by a link loop",
        TOOLS + "ln -s b bin/a && ln -s a bin/b && " + script("s", "#!/bin/a"),
        "/s");
    roots.finish();
  }

  private static String chain(int links) {
    return TOOLS + "mkdir d0 && for i in $(seq " + links + "); do ln -s d$((i-1)) d$i; done";
  }

  @Test
  void tools() throws IOException {
    String tools = TOOLS + "for a in nice timeout setpriv; do ln -s busybox bin/$a; done && ";
    judge("nice", tools + "true", "nice", "-n", "5", "alone");
    judge("nice, gone", tools + "true", "nice", "-n", "5", "gone");
    judge("timeout", tools + "true", "timeout", "-s", "KILL", "5", "alone");
    judge("timeout, gone", tools + "true", "timeout", "5", "gone");
    String owned = tools + "chown 1000 bin/alone && chmod 700 bin/alone && ";
    judge("gosu, as who may", owned + "true", "gosu", "1000", "alone");
    judge("gosu, as who may not", owned + "true", "gosu", "1001", "/bin/alone");
    judge("gosu, as nobody known", owned + "true", "gosu", "app", "alone");
    judge(
        "gosu, script not readable",
        tools + script("s", "#!/bin/sh") + " && chmod 711 s",
        "gosu",
        "1000",
        "/s");
    roots.finish();
  }

  @Test
  void runtimesOfLanguages() throws IOException {
    Machine.require("jlink", "python3");
    Processes.command("sh", "-euc", RUNTIMES).in(WORKSPACE.directory()).run().orFail();
    String java =
        "mkdir -p usr/lib opt && cp -al $T/jre opt && cp -ln $T/jre-libraries/* lib/x86_64-linux-gnu && ";
    String[] start = {"/opt/jre/bin/java", "-Xshare:off", "-version"};
    judge("java", java + "true", start);
    judge(
        "java by a link",
        java + "mkdir bin && ln -s /opt/jre/bin/java bin/java",
        "java",
        "-version");
    for (String part :
        new String[] {
          "lib/jvm.cfg", "lib/libjava.so", "lib/libjimage.so", "lib/modules", "lib/server/libjvm.so"
        }) {
      judge("java without " + part, java + "rm opt/jre/" + part, start);
    }
    judge("java alone", java + "mv opt/jre/bin/java opt && rm -r opt/jre", "/opt/java");
    judge("java without a library of the VM", java + "rm lib/x86_64-linux-gnu/libm.so.6", start);
    judge("java without a loader", java + "rm lib64/ld-linux-x86-64.so.2", start);
    String python =
        "mkdir -p usr/bin usr/lib && ln $T/python3.* usr/bin && ln -s python3.* usr/bin/py"
            + " && cp -ln $T/python-libraries/* lib/x86_64-linux-gnu && ";
    judge("python without its library", python + "true", "py", "-c", "1");
    judge(
        "python by another name without it",
        python + "rm usr/bin/py && mv usr/bin/python3.* usr/bin/python3",
        "python3",
        "-c",
        "1");
    judge("python's version", python + "true", "py", "--version");
    judge("python", python + "cp -al $T/python-library/python3.* usr/lib", "py", "-c", "1");
    judge("script of python without its library", python + script("s", "#!/usr/bin/py"), "/s");
    roots.finish();
  }

  private static final String RUNTIMES =
      """
      jlink --add-modules java.base --output jre --strip-debug --no-man-pages --no-header-files
      mkdir jre-libraries python-libraries python-library
      cp "$(python3 -c 'import os, sys; print(os.path.realpath(sys.executable))')" .
      cd "$(python3 -c 'import os; print(os.path.dirname(os.__file__))')"
      tar cf - --exclude=site-packages --exclude=test -C .. "${PWD##*/}" | (cd - >/dev/null && tar xf - -C python-library)
      cd - >/dev/null
      libraries() { ldd "$@" | sed -n 's/.* => \\(\\/[^ ]*\\).*/\\1/p' | grep -v '/libj' | sort -u; }
      cp $(libraries jre/bin/java jre/lib/server/libjvm.so jre/lib/libjimage.so) jre-libraries
      cp $(libraries python3.*) python-libraries
      """;
}
