package dev.slipway.worker;

import dev.slipway.sandbox.SandboxException;
import dev.slipway.worker.WorkerIdentity.IdRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Starts a program in a user namespace with the user's subordinate ids. {@code unshare --map-auto}
 * does the same, but only since util-linux 2.38, and it exits quietly where {@code newuidmap}
 * refuses; so a shell waits in the new namespace until its ids are set from outside.
 */
final class IdMapping {
  private static final String WAIT = "echo; read -r go && exec \"$@\"";

  private final WorkerIdentity identity;
  private final ProgramSearch programs;

  IdMapping(WorkerIdentity identity, ProgramSearch programs) {
    this.identity = identity;
    this.programs = programs;
  }

  /**
   * @param unshare the program that makes namespaces
   * @param inner the command that then runs as root of the user namespace
   * @param builders makes a process builder for a command
   */
  Process start(
      List<String> unshare, List<String> inner, Function<List<String>, ProcessBuilder> builders)
      throws IOException {
    Path shell = programs.find("sh");
    if (shell == null) {
      throw new SandboxException("steps cannot run on this machine: 'sh' not found");
    }
    List<String> command = new ArrayList<>(unshare);
    command.addAll(List.of("--user", "--", shell.toString(), "-c", WAIT, "worker"));
    command.addAll(inner);
    Process process = builders.apply(command).start();
    boolean mapped = false;
    try {
      awaitShell(process);
      map("newuidmap", process, identity.uid(), Objects.requireNonNull(identity.uids()), builders);
      map("newgidmap", process, identity.gid(), Objects.requireNonNull(identity.gids()), builders);
      OutputStream input = process.getOutputStream();
      input.write('\n');
      input.flush();
      mapped = true;
      return process;
    } finally {
      if (!mapped) {
        process.destroyForcibly();
      }
    }
  }

  private void awaitShell(Process process) throws IOException {
    if (process.getInputStream().read() != '\n') {
      String error =
          new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      throw StepObstacle.refusal(identity, error);
    }
  }

  private void map(
      String tool,
      Process process,
      int own,
      IdRange subordinates,
      Function<List<String>, ProcessBuilder> builders)
      throws IOException {
    List<String> command =
        List.of(
            Objects.requireNonNull(programs.find(tool)).toString(),
            Long.toString(process.pid()),
            "0",
            Integer.toUnsignedString(own),
            "1",
            "1",
            Long.toString(subordinates.first()),
            Long.toString(subordinates.count()));
    Process mapping = builders.apply(command).redirectErrorStream(true).start();
    try (InputStream in = mapping.getInputStream()) {
      String said = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      int exitCode = mapping.waitFor();
      if (exitCode != 0) {
        throw new SandboxException(
            "steps cannot run on this machine: " + tool + " ended with " + exitCode + ": " + said,
            "/etc/subuid and /etc/subgid must give '"
                + identity.user()
                + "' a range that nobody else has, and newuidmap and newgidmap must be setuid");
      }
    } catch (InterruptedException e) {
      mapping.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new SandboxException("interrupted while the worker started", null, e);
    }
  }
}
