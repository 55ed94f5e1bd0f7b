package dev.slipway.it;

import static dev.slipway.it.StartRoots.command;

import dev.slipway.oci.ContainerConfig;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Shapes that images of applications have: each made, judged by the start check, and run with runc.
 */
class StartShapesTest {
  private static final String PREPARE =
      """
      set -eu
      echo 'int answer(void) { return 42; }' >answer.c
      echo 'int other(void) { return 42; }' >other.c
      echo 'int answer(void); int main(void) { return answer() - 42; }' >asks.c
      echo 'int main(void) { return 0; }' >alone.c
      gcc -shared -fPIC -o libanswer.so -Wl,-soname,libanswer.so answer.c
      gcc -shared -fPIC -o libother.so -Wl,-soname,libanswer.so other.c
      gcc -o asks asks.c -L. -lanswer
      echo 'int answer(void); int main(int c, char **v) { return c > 1 ? answer() : 0; }' >later.c
      gcc -o later later.c -L. -lanswer -Wl,-z,lazy
      gcc -o asks-now asks.c -L. -lanswer -Wl,-z,now
      gcc -o asks-origin asks.c -L. -lanswer -Wl,-rpath,'$ORIGIN/../lib/answer'
      gcc -o asks-fixed asks.c -L. -lanswer -Wl,-rpath,/opt/answer
      gcc -static -o alone alone.c
      gcc -o plain alone.c
      musl-gcc -o musl-plain alone.c
      musl-gcc -shared -fPIC -o musl-libanswer.so -Wl,-soname,libanswer.so answer.c
      musl-gcc -shared -fPIC -o musl-libother.so -Wl,-soname,libanswer.so other.c
      musl-gcc -o musl-asks asks.c musl-libanswer.so
      musl-gcc -o musl-origin asks.c musl-libanswer.so -Wl,-rpath,'$ORIGIN/../lib'
      gcc -o relative-loader alone.c -Wl,--dynamic-linker=lib/ld.so
      echo 'int answer(void); int needs(void) { return answer(); }' >needs.c
      gcc -shared -fPIC -o libneeds.so needs.c -L. -lanswer
      gcc -shared -fPIC -o libthrough.so needs.c -L. -lanswer -Wl,-z,now
      echo 'int needs(void); int main(int c, char **v) { return c > 1 ? needs() : 0; }' >through.c
      gcc -o asks-through through.c -L. -lthrough -Wl,-rpath-link,.
      echo 'int gone(void) __attribute__((weak)); int main(void) { return gone ? gone() : 0; }' >weak.c
      gcc -o weak weak.c -Wl,-z,now
      """;

  @RegisterExtension static final Workspace WORKSPACE = new Workspace();

  private static final String TOOLS =
      "mkdir -p bin sbin opt/bin usr/bin && cp $T/alone bin && cp /usr/bin/tini bin"
          + " && cp /usr/sbin/gosu bin && cp /bin/busybox bin && cp /usr/bin/env usr/bin"
          + " && for a in sh ls cat true; do ln -s busybox bin/$a; done && ";

  private final StartRoots roots = new StartRoots(WORKSPACE);

  @BeforeEach
  void compile() {
    Machine.requireRoot();
    Machine.require("runc", "gcc", "musl-gcc", "busybox", "tini", "gosu", "setcap");
    Processes.command("sh", "-c", PREPARE).in(WORKSPACE.directory()).run().orFail();
  }

  private void judge(String what, String make, String... command) throws IOException {
    roots.judge(what, make, command(command));
  }

  private void judge(String what, String make, ContainerConfig.Builder container)
      throws IOException {
    roots.judge(what, make, container);
  }

  private static String script(String name, String... lines) {
    return "printf '%s\\n' '" + String.join("' '", lines) + "' >" + name + " && chmod 755 " + name;
  }

  @Test
  void entrypoints() throws IOException {
    String forward = TOOLS + script("e", "#!/bin/sh", "set -e", "exec \"$@\"");
    judge("exec \"$@\"", forward, "/e", "alone", "x");
    judge("exec \"$@\", gone", forward, "/e", "gone", "x");
    judge("exec \"$@\", path gone", forward, "/e", "/opt/gone");
    judge("exec \"$@\", not executable", forward + " && : >opt/x", "/e", "/opt/x");
    judge("exec \"$@\", script", forward + " && " + script("s", "#!/gone"), "/e", "/s");
    judge("exec \"$@\", no CMD", forward, "/e");
    judge("exec \"$@\", own", forward + " && " + script("s", "true"), "/e", "/s");
    judge("exec \"$@\", builtin", TOOLS + script("e", "#!/bin/sh", "\"$@\""), "/e", "exit", "0");
    judge("exec gosu", TOOLS + script("e", "#!/bin/sh", "exec gosu 1000 \"$@\""), "/e", "alone");
    judge(
        "exec gosu, gone", TOOLS + script("e", "#!/bin/sh", "exec gosu 1000 \"$@\""), "/e", "gone");
    judge("exec tini, gone", TOOLS + script("e", "#!/bin/sh", "exec tini -- \"$@\""), "/e", "gone");
    judge(
        "exec, arguments set",
        TOOLS + script("e", "#!/bin/sh", "set -- alone \"$@\"", "exec \"$@\""),
        "/e",
        "-x");
    judge(
        "exec, arguments shifted",
        TOOLS + script("e", "#!/bin/sh", "shift", "exec \"$@\""),
        "/e",
        "gone",
        "alone");
    judge(
        "exec, options to a program",
        TOOLS
            + script(
                "e",
                "#!/bin/sh",
                "if [ \"${1#-}\" != \"$1\" ]; then",
                "  set -- alone \"$@\"",
                "fi",
                "exec \"$@\""),
        "/e",
        "-x");
    judge(
        "exec, PATH set",
        TOOLS
            + "cp $T/alone opt/bin/app && "
            + script("e", "#!/bin/sh", "export PATH=/opt/bin:$PATH", "exec \"$@\""),
        "/e",
        "app");
    judge(
        "exec, made before",
        TOOLS + script("e", "#!/bin/sh", "busybox cp /bin/alone /bin/app", "exec \"$@\""),
        "/e",
        "app");
    judge(
        "exec, with a case",
        TOOLS + script("e", "#!/bin/sh", "case $1 in web) exec alone ;; esac", "exec \"$@\""),
        "/e",
        "web");
    judge(
        "exec, with a function",
        TOOLS + script("e", "#!/bin/sh", "web() { exec alone; }", "\"$@\""),
        "/e",
        "web");
    judge(
        "exec, ended before",
        TOOLS + script("e", "#!/bin/sh", "[ \"$1\" = web ] && exit 0", "exec \"$@\""),
        "/e",
        "web");
    judge("exec, last word a comment", forward + " && echo '# end' >>e && echo >>e", "/e", "gone");
    judge("sh, script", TOOLS + "echo true >s", "/bin/sh", "/s");
    judge("sh, script gone", TOOLS + "true", "/bin/sh", "/s");
    judge("sh -e, script gone", TOOLS + "true", "/bin/sh", "-e", "/s");
    judge("sh, relative script gone", TOOLS + "true", "sh", "s.sh");
    judge("sh, script in PATH", TOOLS + "echo true >bin/s.sh && chmod 755 bin/s.sh", "sh", "s.sh");
    judge("sh -s", TOOLS + "true", "sh", "-s", "/gone");
    judge(
        "sh, script not readable",
        TOOLS + "echo true >s && chmod 711 s",
        command("sh", "/s").user("1000"));
    judge("sh, script forwards, gone", forward, "sh", "/e", "gone");
    roots.finish();
  }

  @Test
  void variables() throws IOException {
    judge(
        "variable of ENV",
        TOOLS + "cp $T/alone opt/bin/app",
        command("/bin/sh", "-c", "exec $APP_HOME/bin/app").env(List.of("APP_HOME=/opt")));
    judge(
        "variable of ENV, gone",
        TOOLS + "true",
        command("/bin/sh", "-c", "exec $APP_HOME/bin/app").env(List.of("APP_HOME=/opt")));
    judge(
        "variable of ENV in braces, gone",
        TOOLS + "true",
        command("/bin/sh", "-c", "\"${APP_HOME}/bin/app\" -x").env(List.of("APP_HOME=/opt")));
    judge(
        "variable of ENV without braces, longer name",
        TOOLS + "cp $T/alone opt/bin/app",
        command("/bin/sh", "-c", "$APP_HOME2/opt/bin/app").env(List.of("APP_HOME=/gone")));
    judge(
        "variable of several words",
        TOOLS + "true",
        command("/bin/sh", "-c", "exec $RUN").env(List.of("RUN=alone -x")));
    judge(
        "variable set in the line",
        TOOLS + "cp $T/alone opt/bin/app",
        command("/bin/sh", "-c", "APP_HOME=/opt; $APP_HOME/bin/app")
            .env(List.of("APP_HOME=/gone")));
    judge("variable in exec form", TOOLS + "true", command("$APP").env(List.of("APP=/bin/alone")));
    judge(
        "variable with a default",
        TOOLS + "true",
        command("/bin/sh", "-c", "exec ${APP:-alone}").env(List.of("X=1")));
    roots.finish();
  }

  @Test
  void shellsOfShells() throws IOException {
    judge("tini in a line", TOOLS + "true", "sh", "-c", "exec tini -- alone");
    judge("tini in a line, gone", TOOLS + "true", "sh", "-c", "exec tini -- gone");
    judge("env in a line, gone", TOOLS + "true", "sh", "-c", "env A=1 gone -x");
    judge("env in a line", TOOLS + "true", "sh", "-c", "env A=1 alone $OPTIONS");
    judge("script in a line, gone", TOOLS + "true", "sh", "-c", "exec sh /gone.sh");
    judge("script in a line", TOOLS + "echo true >s", "sh", "-c", "sh /s $OPTIONS");
    judge("line in a line, gone", TOOLS + "true", "tini", "--", "sh", "-c", "sh -c 'gone'");
    judge("two lines", TOOLS + "true", "sh", "-c", "gone\nalone");
    judge("quotes in a word", TOOLS + "cp $T/alone opt/a-b", "sh", "-c", "/opt/\"a\"-'b'");
    judge("quotes in a word, gone", TOOLS + "true", "sh", "-c", "/opt/\"a\"-'b'");
    judge("backslash", TOOLS + "cp $T/alone 'opt/a b'", "sh", "-c", "/opt/a\\ b");
    judge("a blank in a name", TOOLS + "cp $T/alone 'opt/a b'", "/opt/a b");
    judge("a blank in a name, quoted", TOOLS + "cp $T/alone 'opt/a b'", "sh", "-c", "'/opt/a b'");
    judge("all in one word", TOOLS + "true", "alone -x");
    judge("in the background", TOOLS + "true", "sh", "-c", "gone & alone");
    judge("a group", TOOLS + "true", "sh", "-c", "{ alone; }");
    judge("a subshell", TOOLS + "true", "sh", "-c", "(alone)");
    judge("a redirection", TOOLS + "true", "sh", "-c", "alone >/out 2>&1");
    judge("a redirection, gone", TOOLS + "true", "sh", "-c", "gone >/dev/null");
    judge("tilde", TOOLS + "true", "sh", "-c", "~/gone || true");
    judge(
        "bash",
        TOOLS
            + "cp /bin/bash bin && cp -L /lib/x86_64-linux-gnu/libtinfo.so.6 lib/x86_64-linux-gnu && "
            + script("e", "#!/bin/bash", "set -euo pipefail", "exec \"$@\""),
        "/e",
        "alone");
    judge(
        "bash, gone",
        TOOLS
            + "cp /bin/bash bin && cp -L /lib/x86_64-linux-gnu/libtinfo.so.6 lib/x86_64-linux-gnu && "
            + script("e", "#!/usr/bin/env bash", "set -euo pipefail", "exec \"$@\""),
        "/e",
        "gone");
    judge(
        "bash finds a script in PATH",
        TOOLS
            + "cp /bin/bash bin && cp -L /lib/x86_64-linux-gnu/libtinfo.so.6 lib/x86_64-linux-gnu"
            + " && echo true >bin/s.sh",
        "bash",
        "s.sh");
    judge("dash", TOOLS + "cp /bin/dash bin && echo true >s", "dash", "/s");
    judge("dash, gone", TOOLS + "cp /bin/dash bin", "dash", "s");
    roots.finish();
  }

  @Test
  void loaders() throws IOException {
    String musl = "rm -r lib64 && cp /lib/ld-musl-x86_64.so.1 lib && mkdir -p opt/bin opt/lib && ";
    judge(
        "musl, $ORIGIN",
        musl + "cp $T/musl-origin opt/bin && cp $T/musl-libanswer.so opt/lib/libanswer.so",
        "/opt/bin/musl-origin");
    judge(
        "musl, $ORIGIN through a link",
        musl
            + "cp $T/musl-origin opt/bin && cp $T/musl-libanswer.so opt/lib/libanswer.so"
            + " && ln -s opt/bin/musl-origin a",
        "/a");
    judge(
        "musl, $ORIGIN, setuid",
        musl
            + "cp $T/musl-origin opt/bin && cp $T/musl-libanswer.so opt/lib/libanswer.so"
            + " && chmod 4755 opt/bin/musl-origin",
        command("/opt/bin/musl-origin").user("1000"));
    judge(
        "musl, LD_PRELOAD gives the symbol",
        musl
            + "cp $T/musl-asks asks && cp $T/musl-libother.so lib/libanswer.so"
            + " && cp $T/musl-libanswer.so opt/lib/p.so",
        command("/asks").env(List.of("LD_PRELOAD=/opt/lib/p.so")));
    judge(
        "loader by a relative name",
        "cp $T/relative-loader . && cp lib64/ld-linux-x86-64.so.2 lib/ld.so",
        command("/relative-loader"));
    judge(
        "loader by a relative name, elsewhere",
        "cp $T/relative-loader . && mkdir w && cp lib64/ld-linux-x86-64.so.2 lib/ld.so",
        command("/relative-loader").workingDir("/w"));
    judge(
        "LD_PRELOAD that needs what is not there",
        "cp $T/plain . && cp $T/libneeds.so lib",
        command("/plain").env(List.of("LD_PRELOAD=/lib/libneeds.so")));
    judge(
        "LD_PRELOAD that needs what is there",
        "cp $T/plain . && cp $T/libneeds.so $T/libanswer.so lib/x86_64-linux-gnu",
        command("/plain").env(List.of("LD_PRELOAD=libneeds.so")));
    judge(
        "LD_LIBRARY_PATH by semicolons",
        "mkdir opt && cp $T/asks . && cp $T/libanswer.so opt",
        command("/asks").env(List.of("LD_LIBRARY_PATH=/gone;/opt")));
    judge(
        "a library that asks at once for what is not there",
        "cp $T/asks-through . && cp $T/libthrough.so lib/x86_64-linux-gnu"
            + " && cp $T/libother.so lib/x86_64-linux-gnu/libanswer.so",
        "/asks-through");
    judge(
        "a library that asks at once for what is there",
        "cp $T/asks-through . && cp $T/libthrough.so $T/libanswer.so lib/x86_64-linux-gnu",
        "/asks-through");
    judge("a weak symbol that is not there", "cp $T/weak .", "/weak");
    roots.finish();
  }

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

  @Test
  void programsAtTheEndOfScripts() throws IOException {
    String put = "mkdir -p bin opt && cp $T/alone opt/app && chmod 644 opt/app && " + TOOLS;
    judge("exec", put + script("e", "#!/bin/sh", "set -e", "exec alone -x \"$FOO\""), "/e");
    judge("exec, gone", put + script("e", "#!/bin/sh", "set -e", "exec gone -x \"$FOO\""), "/e");
    judge("exec, path gone", put + script("e", "#!/bin/sh", "exec /opt/gone"), "/e");
    judge("exec or else", put + script("e", "#!/bin/sh", "exec alone || exec gone"), "/e");
    judge("exec elsewhere", put + script("e", "#!/bin/sh", "cd /bin", "exec ./alone"), "/e");
    judge("exec an applet", put + script("e", "#!/bin/sh", "exec sleep 0"), "/e");
    judge("exec by an applet, gone", put + script("e", "#!/bin/sh", "exec nice -n 5 gone"), "/e");
    judge("exec of no program", put + script("e", "#!/bin/sh", "exec >/x"), "/e");
    judge("exec, a comment behind", put + script("e", "#!/bin/sh", "exec alone # gone"), "/e");
    judge("exec in a text", put + script("e", "#!/bin/sh", "true \"", "exec gone\""), "/e");
    judge(
        "exec of what is made before",
        put
            + script("e", "#!/bin/sh", "cat /bin/alone >/opt/made", "chmod 755 /opt/made")
            + " && echo 'exec /opt/made' >>e",
        "/e");
    judge(
        "exec \"$@\" of what is made before",
        put + script("e", "#!/bin/sh", "sed p /bin/alone >/opt/app", "exec \"$@\""),
        "/e",
        "/opt/gone");
    judge(
        "exec of what is made executable before",
        put + script("e", "#!/bin/sh", "chmod 755 /opt/*", "exec \"$@\""),
        "/e",
        "/opt/app");
    roots.finish();
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
        "mkdir -p usr/lib opt && cp -a $T/jre opt && cp -n $T/jre-libraries/* lib/x86_64-linux-gnu && ";
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
        "mkdir -p usr/bin usr/lib && cp $T/python3.* usr/bin && ln -s python3.* usr/bin/py"
            + " && cp -n $T/python-libraries/* lib/x86_64-linux-gnu && ";
    judge("python without its library", python + "true", "py", "-c", "1");
    judge(
        "python by another name without it",
        python + "rm usr/bin/py && mv usr/bin/python3.* usr/bin/python3",
        "python3",
        "-c",
        "1");
    judge("python's version", python + "true", "py", "--version");
    judge("python", python + "cp -a $T/python-library/python3.* usr/lib", "py", "-c", "1");
    judge("script of python without its library", python + script("s", "#!/usr/bin/py"), "/s");
    roots.finish();
  }

  private static final String RUNTIMES =
      """
      jlink --add-modules java.base --output jre --strip-debug --no-man-pages --no-header-files
      mkdir jre-libraries python-libraries python-library
      cp "$(python3 -c 'import os, sys; print(os.path.realpath(sys.executable))')" .
      cp -r "$(python3 -c 'import os; print(os.path.dirname(os.__file__))')" python-library
      libraries() { ldd "$@" | sed -n 's/.* => \\(\\/[^ ]*\\).*/\\1/p' | grep -v '/libj' | sort -u; }
      cp $(libraries jre/bin/java jre/lib/server/libjvm.so jre/lib/libjimage.so) jre-libraries
      cp $(libraries python3.*) python-libraries
      """;

  private static String chain(int links) {
    return TOOLS + "mkdir d0 && for i in $(seq " + links + "); do ln -s d$((i-1)) d$i; done";
  }

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
  void arraysThatAreNone() throws IOException {
    for (String line :
        new String[] {
          "['alone', 'x']",
          "[\"alone\", \"x\",]",
          "[\"alone\"",
          "['alone']",
          "[ \"alone\" ]",
          "[ -n \"alone\" ]"
        }) {
      judge("shell form " + line, TOOLS + "true", "/bin/sh", "-c", line);
    }
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

  @Test
  void symbols() throws IOException {
    String musl = "rm -r lib64 && cp $T/musl-asks asks && cp /lib/ld-musl-x86_64.so.1 lib && ";
    judge("musl, symbol there", musl + "cp $T/musl-libanswer.so lib/libanswer.so", "/asks");
    judge("musl, symbol not there", musl + "cp $T/musl-libother.so lib/libanswer.so", "/asks");
    judge(
        "glibc, symbol not there, not asked for at once",
        "mkdir -p usr/lib && cp $T/later . && cp $T/libother.so usr/lib/libanswer.so",
        "/later");
    judge(
        "glibc, symbol not there, at once",
        "mkdir -p usr/lib && cp $T/asks-now . && cp $T/libother.so usr/lib/libanswer.so",
        "/asks-now");
    String link =
        "rm -r lib64 && mkdir lib64 && cp /lib/ld-musl-x86_64.so.1 lib"
            + " && ln -s /lib/ld-musl-x86_64.so.1 lib64/ld-linux-x86-64.so.2"
            + " && rm -r lib/x86_64-linux-gnu && ";
    judge("glibc's program by musl's loader", link + "cp $T/plain .", "/plain");
    judge(
        "glibc's program by musl's loader, library",
        link + "cp $T/asks . && cp $T/musl-libanswer.so lib/libanswer.so",
        "/asks");
    judge("glibc's program by musl's loader, no library", link + "cp $T/asks . && true", "/asks");
    judge(
        "musl's program by a link to the loader",
        "rm -r lib64 && mkdir opt && cp $T/musl-plain . && cp /lib/ld-musl-x86_64.so.1 opt/musl"
            + " && ln -s /opt/musl lib/ld-musl-x86_64.so.1",
        "/musl-plain");
    roots.finish();
  }
}
