package dev.slipway.inspect.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.inspect.ElfTarget;
import dev.slipway.inspect.TinyElf;
import dev.slipway.tree.Metadata;
import dev.slipway.tree.Origin;
import dev.slipway.tree.Symlink;
import dev.slipway.tree.TreePath;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shells, scripts, and programs whose work is to start another one. */
class StartScriptsTest extends StartCheckFixture {
  @Test
  void anArrayInSingleQuotesIsTold() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    config.cmd(List.of("/bin/sh", "-c", "['app', '-x']"));

    assertThat(only().message()).startsWith("CMD ['app', '-x'] is no JSON array");
  }

  @Test
  void shellFormWithoutAShellIsTold() throws IOException {
    put(image, "app", 0755, staticProgram());
    config.cmd(List.of("/bin/sh", "-c", "/app --serve"));

    assertThat(check())
        .extracting(StartFinding::message)
        .containsExactly("CMD \"/bin/sh\" does not exist in the image");
  }

  @Test
  void theProgramOfAShellFormIsLookedUpToo() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    config.cmd(List.of("/bin/sh", "-c", "exec serve --port 80"));

    assertThat(only().message()).isEqualTo("CMD \"serve\" is in none of the directories of PATH");
  }

  @Test
  void aScriptsInterpreterIsFollowedThroughEnv() throws IOException {
    put(image, "run", 0755, text("#!/usr/bin/env -S python3 -u\nprint(1)\n"));
    put(image, "usr/bin/env", 0755, staticProgram());
    config.cmd(List.of("/run"));

    assertThat(only().message())
        .isEqualTo(
            "script \"/run\" wants \"python3\", which is in none of the directories of PATH");
  }

  @Test
  void windowsLineEndsAreTold() throws IOException {
    put(image, "run", 0755, text("#!/bin/sh\r\necho\r\n"));
    put(image, "bin/sh", 0755, staticProgram());
    config.cmd(List.of("/run"));

    assertThat(only().message()).contains("Windows line ends");
  }

  @Test
  void aScriptWithoutAnInterpreterIsTold() throws IOException {
    put(image, "run", 0755, text("echo hello\n"));
    config.cmd(List.of("/run"));

    assertThat(only().message()).contains("exec format error");
  }

  @Test
  void aScriptThatAShellIsToldToRunIsLookedUpToo() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    put(stage, "run.sh", 0644, text("echo hello\n"));
    config.cmd(List.of("/bin/sh", "/run.sh"));

    assertThat(only().message())
        .isEqualTo("CMD runs the script \"/run.sh\", which does not exist in the image");
    assertThat(only().repair()).containsExactly("COPY --from=build /run.sh /run.sh");
  }

  @Test
  void whatAScriptHandsOnIsLookedUpToo() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    put(image, "e", 0755, text("#!/bin/sh\nset -e\nexec \"$@\"\n"));
    config.entrypoint(List.of("/e")).cmd(List.of("serve", "-x"));

    assertThat(only().message())
        .isEqualTo("\"serve\", which script \"/e\" starts, is in none of the directories of PATH");
  }

  @Test
  void aScriptThatHandsOnToItselfEnds() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    put(image, "e", 0755, text("#!/bin/sh\nexec /e \"$@\"\n"));
    config.entrypoint(List.of("/e")).cmd(List.of("x"));

    assertThat(check()).isEmpty();
  }

  @Test
  void whatAnInitStartsIsLookedUpToo() throws IOException {
    put(image, "tini", 0755, staticProgram());
    config.entrypoint(List.of("/tini", "-g", "--")).cmd(List.of("/app"));

    assertThat(only().message())
        .isEqualTo("\"/app\", which ENTRYPOINT starts, does not exist in the image");
  }

  @Test
  void anAppletOfBusyboxNeedsNoFile() throws IOException {
    put(image, "bin/busybox", 0755, new TinyElf(ElfTarget.X86_64).constant("[\0httpd\0sh").bytes());
    image.put(TreePath.of("bin/sh"), new Symlink(Metadata.of(0777, 0), Origin.NONE, "busybox"));
    config.cmd(List.of("/bin/sh", "-c", "httpd -f"));
    assertThat(check()).isEmpty();

    config.cmd(List.of("/bin/sh", "-c", "nginx -g daemon"));
    assertThat(only().message()).isEqualTo("CMD \"nginx\" is in none of the directories of PATH");
    config.cmd(List.of("/bin/sh", "-c", "/httpd -f"));
    assertThat(only().message()).isEqualTo("CMD \"/httpd\" does not exist in the image");
  }

  @Test
  void aShellFormThatNeedsNoShellIsToldHowItGoesWithout() throws IOException {
    put(image, "app", 0755, staticProgram());
    put(stage, "bin/sh", 0755, staticProgram());
    config.entrypoint(List.of("/bin/sh", "-c", "exec /app --port=80"));

    assertThat(only().advice()).isEqualTo("without a shell: ENTRYPOINT [\"/app\", \"--port=80\"]");
    assertThat(only().repair()).containsExactly("COPY --from=build /bin/sh /bin/sh");
  }

  @Test
  void aShellTakesAForeignEndForPartOfAWord() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    put(image, "run", 0755, text("# start\r\nset -e\r\nexec /app\r\n"));
    config.cmd(List.of("sh", "/run"));

    assertThat(only().message())
        .isEqualTo(
            "script \"/run\" has Windows line ends: its shell takes the end of \"set -e\" for a"
                + " part of it");
    put(image, "run", 0755, text("echo a\r\necho b\n"));
    assertThat(check()).isEmpty();
  }

  @Test
  void envStartsInTheEnvironmentThatItMakes() throws IOException {
    put(image, "bin/env", 0755, staticProgram());
    put(image, "opt/app", 0755, staticProgram());

    config.cmd(List.of("env", "PATH=/opt", "app"));
    assertThat(check()).isEmpty();
    config.cmd(List.of("env", "-C", "/opt", "./app"));
    assertThat(check()).isEmpty();
    config.cmd(List.of("env", "PATH=/opt", "gone"));
    assertThat(only().message())
        .isEqualTo("\"gone\", which CMD starts, is in none of the directories of PATH");
    config.cmd(List.of("env", "-C", "/gone", "/opt/app"));
    assertThat(only().message())
        .isEqualTo("\"env\" cannot change to \"/gone\", which is no directory");
  }

  @Test
  void scriptsThatChangeTheEnvironmentOfEachOtherEnd() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    put(image, "bin/env", 0755, staticProgram());
    put(image, "a", 0755, text("#!/bin/sh\nexec env A=1 /b\n"));
    put(image, "b", 0755, text("#!/bin/sh\nexec env A=2 /a\n"));
    config.cmd(List.of("/a"));

    assertThat(check()).isEmpty();
  }

  @Test
  void whatALoginShellSetsFirstIsNotKnown() throws IOException {
    put(image, "bin/sh", 0755, staticProgram());
    put(image, "etc/profile", 0644, text("PATH=/opt\n"));
    config.cmd(List.of("/bin/sh", "-lc", "app"));

    assertThat(check()).isEmpty();
  }
}
