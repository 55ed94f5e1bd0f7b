package dev.slipway.it;

import static dev.slipway.it.StartRoots.command;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Scripts that entrypoints are, and what they start in the end. Each is made, judged by the start
 * check, and run with runc.
 */
class StartEntrypointsTest extends StartShapes {
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
}
