package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.sandbox.SandboxException;
import dev.slipway.sandbox.SandboxKind;
import dev.slipway.sandbox.SandboxReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class WorkerStartTest {
  @TempDir Path temp;

  /** Plays a worker that refuses the first request, and lives until its input ends. */
  private Path refusingUnshare(Path ended) throws Exception {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new Connection(new ByteArrayInputStream(new byte[0]), answer)
        .send(
            Frame.FAILED,
            1,
            out -> {
              StepRequestCodec.writeText("cannot mount memory", out);
              StepRequestCodec.writeText("", out);
            });
    return unshare(answering(answer) + "while read -r line; do :; done\n: > '" + ended + "'\n");
  }

  /** The part of a script that answers the first request. */
  private static String answering(ByteArrayOutputStream answer) {
    StringBuilder octal = new StringBuilder();
    for (byte each : answer.toByteArray()) {
      octal.append(String.format("\\%03o", each & 0xff));
    }
    return "PATH=/usr/bin:/bin\nhead -c 1 >/dev/null\nprintf '" + octal + "'\n";
  }

  /** As {@link #answering}, that the worker has started. */
  private static String started() throws Exception {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new Connection(new ByteArrayInputStream(new byte[0]), answer).send(Frame.DONE, 1, out -> {});
    return answering(answer);
  }

  private Path unshare(String script) throws Exception {
    Path program = Files.createDirectory(temp.resolve("bin")).resolve("unshare");
    Files.writeString(program, "#!/bin/sh\n" + script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program;
  }

  private WorkerSettings settings(Path program) throws Exception {
    return new WorkerSettings(
        WorkerJvm.of(Path.of("java")),
        Files.createDirectory(temp.resolve("cache")),
        SandboxKind.AUTO,
        List.of(program.getParent()));
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatJavaSaysOfNativeLibrariesIsNoReasonForAnEnd() throws Exception {
    String script =
        "echo 'WARNING: A restricted method in java.lang.System has been called' >&2\n"
            + "echo 'no memory' >&2\nexit 7\n";

    try (WorkerClient client = WorkerClient.start(settings(unshare(script)))) {
      assertThatThrownBy(() -> client.delete(List.of(temp.resolve("none"))))
          .isInstanceOf(SandboxException.class)
          .hasMessage("the worker process ended with 7: no memory");
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aWorkerThatCannotStartIsEnded() throws Exception {
    Path ended = temp.resolve("ended");
    Path program = refusingUnshare(ended);

    try (WorkerClient client = WorkerClient.start(settings(program))) {
      assertThatThrownBy(() -> client.delete(List.of(temp.resolve("none"))))
          .isInstanceOf(SandboxException.class)
          .hasMessage("cannot mount memory");
      for (int i = 0; i < 100 && !Files.exists(ended); i++) {
        Thread.sleep(50);
      }
      assertThat(ended).exists();
    } finally {
      ProcessHandle.current()
          .children()
          .filter(child -> child.info().commandLine().orElse("").contains(program.toString()))
          .forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aWorkerThatEndsWhileItTakesALayerIsSaidToHaveEnded() throws Exception {
    String script = started() + "head -c 1000000 >/dev/null\necho 'no memory' >&2\nexit 9\n";

    try (WorkerClient client = WorkerClient.start(settings(unshare(script)))) {
      assertThatThrownBy(() -> client.unpack(out -> out.write(new byte[20_000_000]), temp))
          .isInstanceOf(SandboxException.class)
          .hasMessage("the worker process ended with 9: no memory");
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aFileThatIsNotReadToItsEndIsNotWantedAnyMore() throws Exception {
    Path told = temp.resolve("told");
    String script = started() + "cat > '" + told + "'\n";

    try (WorkerClient client = WorkerClient.start(settings(unshare(script)))) {
      client.read(temp, new byte[] {'f'}).close();
    }

    try (InputStream sent = Files.newInputStream(told)) {
      sent.skipNBytes(sent.available() - Connection.HEADER);
      Connection.Message last = new Connection(sent, OutputStream.nullOutputStream()).receive();
      assertThat(last.kind()).isEqualTo(Frame.END);
      assertThat(last.request()).isEqualTo(2);
    }
  }

  @Test
  void whereThereIsNoLinuxThatIsSaid() throws Exception {
    Path none = temp.resolve("none");

    assertThatThrownBy(() -> WorkerIdentity.of(none))
        .isInstanceOf(SandboxException.class)
        .hasMessage("steps cannot run on this machine: it is not Linux");
    assertThat(SandboxProbe.probe(settings(unshare("exit 1\n")), none).findings())
        .containsExactly(
            new SandboxReport.Finding(
                SandboxReport.Level.MISSING,
                "kernel",
                "this is not Linux",
                "steps run on Linux only"));
  }
}
