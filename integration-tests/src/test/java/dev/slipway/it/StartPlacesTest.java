package dev.slipway.it;

import static dev.slipway.it.StartRoots.command;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Where files lie, as the kernel and runtimes see them, and who may get there. Each is made, judged
 * by the start check, and run with runc.
 */
class StartPlacesTest extends StartShapes {
  @Test
  void namesAsTheKernelReadsThem() throws IOException {
    judge("up from a file", TOOLS + ": >f", "/f/../bin/alone");
    judge("up from what is not there", TOOLS + "true", "/gone/../bin/alone");
    judge("link up from a file", TOOLS + ": >f && ln -s ../f/../bin/alone bin/a", "a");
    judge("link up from what is not there", TOOLS + "ln -s ../gone/../bin/alone bin/a", "a");
    judge("link to a file as to a directory", TOOLS + "ln -s alone/ bin/a", "/bin/a");
    judge("file as a directory", TOOLS + "true", "/bin/alone/.");
    judge(
        "link in a closed directory",
        TOOLS + "mkdir w && chmod 700 w && ln -s /bin/alone w/a",
        command("/w/a").user("1000"));
    judge(
        "through a closed directory and out again",
        TOOLS + "mkdir w && chmod 700 w",
        command("/w/../bin/alone").user("1000"));
    judge("too long a path", TOOLS + "true", "/" + "./".repeat(2050) + "bin/alone");
    judge("long path", TOOLS + "true", "/" + "./".repeat(2035) + "bin/alone");
    roots.finish();
  }

  @Test
  void whatRuntimesMountOver() throws IOException {
    for (String mount : new String[] {"proc", "dev", "sys"}) {
      judge(mount + " is a file", TOOLS + ": >" + mount, "alone");
      judge(mount + " is a link", TOOLS + "mkdir x && ln -s x " + mount, "alone");
      String own = TOOLS + "mkdir " + mount + " && cp $T/alone " + mount;
      judge("program in " + mount, own, "/" + mount + "/alone");
      judge("link into " + mount, own + " && ln -s /" + mount + "/alone bin/a", "a");
    }
    judge(
        "program in /dev/shm", TOOLS + "mkdir -p dev/shm && cp $T/alone dev/shm", "/dev/shm/alone");
    judge("script in /dev", TOOLS + "mkdir dev && " + script("dev/s", "true"), "sh", "/dev/s");
    judge("script from standard input", TOOLS + "true", "sh", "/dev/stdin");
    roots.finish();
  }

  @Test
  void places() throws IOException {
    judge(
        "WORKDIR closed to USER",
        TOOLS + "mkdir -p w && chmod 700 w && cp $T/alone w",
        command("alone").user("1000").workingDir("/w"));
    judge(
        "WORKDIR closed to USER, relative",
        TOOLS + "mkdir -p w && chmod 700 w && cp $T/alone w",
        command("./alone").user("1000").workingDir("/w"));
    judge(
        "WORKDIR behind a closed door, relative",
        TOOLS + "mkdir -p p/w && chmod 700 p && cp $T/alone p/w",
        command("./alone").user("1000").workingDir("/p/w"));
    judge(
        "WORKDIR behind a closed door, by its path",
        TOOLS + "mkdir -p p/w && chmod 700 p && cp $T/alone p/w",
        command("/p/w/alone").user("1000").workingDir("/p/w"));
    judge("WORKDIR below a file", TOOLS + ": >data", command("alone").workingDir("/data/below"));
    judge(
        "WORKDIR by a link",
        TOOLS + "mkdir w && cp $T/alone w && ln -s w v",
        command("./alone").workingDir("/v"));
    judge(
        "WORKDIR by links in a circle",
        TOOLS + "ln -s a b && ln -s b a",
        command("alone").workingDir("/a"));
    judge(
        "WORKDIR by a link to a file",
        TOOLS + ": >data && ln -s data w",
        command("alone").workingDir("/w"));
    judge(
        "WORKDIR with ..",
        TOOLS + "mkdir -p w/x && cp $T/alone w",
        command("./alone").workingDir("/w/x/.."));
    roots.finish();
  }

  @Test
  void rights() throws IOException {
    judge("setuid", "cp $T/plain . && chmod 4755 plain", "/plain");
    judge("setuid of another", "cp $T/plain . && chown 5 plain && chmod 4755 plain", "/plain");
    judge(
        "setuid, LD_LIBRARY_PATH",
        "mkdir -p opt && cp $T/asks . && cp $T/libanswer.so opt && chmod 4755 asks",
        command("/asks").user("1000").env(List.of("LD_LIBRARY_PATH=/opt")));
    judge(
        "setuid, LD_LIBRARY_PATH, root",
        "mkdir -p opt && cp $T/asks . && cp $T/libanswer.so opt && chmod 4755 asks",
        command("/asks").env(List.of("LD_LIBRARY_PATH=/opt")));
    judge(
        "setgid, LD_LIBRARY_PATH",
        "mkdir -p opt && cp $T/asks . && cp $T/libanswer.so opt && chgrp 7 asks && chmod 2755 asks",
        command("/asks").user("1000").env(List.of("LD_LIBRARY_PATH=/opt")));
    judge(
        "setuid, $ORIGIN",
        "mkdir -p opt/bin opt/lib/answer && cp $T/asks-origin opt/bin"
            + " && cp $T/libanswer.so opt/lib/answer && chmod 4755 opt/bin/asks-origin",
        command("/opt/bin/asks-origin").user("1000"));
    judge(
        "setuid, $ORIGIN in the loader's directory",
        "mkdir -p bin lib/answer && cp $T/asks-origin bin && cp $T/libanswer.so lib/answer"
            + " && chmod 4755 bin/asks-origin",
        command("asks-origin").user("1000"));
    judge(
        "setuid, RUNPATH",
        "mkdir -p opt/answer && cp $T/asks-fixed . && cp $T/libanswer.so opt/answer"
            + " && chmod 4755 asks-fixed",
        command("/asks-fixed").user("1000"));
    judge(
        "setuid, LD_PRELOAD gives it",
        "mkdir -p opt && cp $T/asks . && cp $T/libanswer.so opt && chmod 4755 asks",
        command("/asks").user("1000").env(List.of("LD_PRELOAD=/opt/libanswer.so")));
    judge(
        "setuid, musl, LD_LIBRARY_PATH",
        "rm -r lib64 && mkdir opt && cp $T/musl-asks asks && cp /lib/ld-musl-x86_64.so.1 lib"
            + " && cp $T/musl-libanswer.so opt/libanswer.so && chmod 4755 asks",
        command("/asks").user("1000").env(List.of("LD_LIBRARY_PATH=/opt")));
    judge(
        "capability of Docker's",
        "cp $T/plain . && setcap cap_net_bind_service+ep plain",
        command("/plain").user("1000"));
    judge(
        "capability beyond Docker's",
        "cp $T/plain . && setcap cap_sys_admin+ep plain",
        command("/plain").user("1000"));
    judge(
        "capability beyond Docker's, root",
        "cp $T/plain . && setcap cap_ipc_lock+ep plain",
        "/plain");
    judge(
        "capability beyond Docker's, not effective",
        "cp $T/plain . && setcap cap_sys_admin+p plain",
        command("/plain").user("1000"));
    judge(
        "capability, inheritable",
        "cp $T/plain . && setcap cap_sys_admin+i plain",
        command("/plain").user("1000"));
    judge(
        "capability, inheritable and effective",
        "cp $T/plain . && setcap cap_sys_admin+ei plain",
        command("/plain").user("1000"));
    judge(
        "capability, $ORIGIN",
        "mkdir -p opt/bin opt/lib/answer && cp $T/asks-origin opt/bin"
            + " && cp $T/libanswer.so opt/lib/answer"
            + " && setcap cap_net_bind_service+ep opt/bin/asks-origin",
        command("/opt/bin/asks-origin").user("1000"));
    judge(
        "capability, $ORIGIN, root",
        "mkdir -p bin lib/answer && cp $T/asks-origin bin && cp $T/libanswer.so lib/answer"
            + " && setcap cap_net_bind_service+ep bin/asks-origin",
        "asks-origin");
    judge(
        "capability, LD_LIBRARY_PATH",
        "mkdir -p opt && cp $T/asks . && cp $T/libanswer.so opt"
            + " && setcap cap_net_bind_service+ep asks",
        command("/asks").user("1000").env(List.of("LD_LIBRARY_PATH=/opt")));
    judge(
        "capability, library in its place",
        "mkdir -p usr/lib && cp $T/asks . && cp $T/libanswer.so usr/lib"
            + " && setcap cap_net_bind_service+ep asks",
        command("/asks").user("1000"));
    judge(
        "capability of a script",
        TOOLS + script("s", "#!/bin/sh") + " && setcap cap_sys_admin+ep s",
        command("/s").user("1000"));
    judge(
        "capability of an interpreter",
        TOOLS + "cp $T/alone bin/i && setcap cap_sys_admin+ep bin/i && " + script("s", "#!/bin/i"),
        command("/s").user("1000"));
    roots.finish();
  }
}
