package dev.slipway.it;

import static dev.slipway.it.StartRoots.command;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What shells are told. Each is made, judged by the start check, and run with runc. */
class StartShellsTest extends StartShapes {
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
}
