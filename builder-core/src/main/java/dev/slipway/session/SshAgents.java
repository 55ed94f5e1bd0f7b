package dev.slipway.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.progress.CancelledException;
import dev.slipway.session.input.WorkDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The agents that steps may ask: sockets of running ones, and those that are started here for
 * private keys. These end with the session, or with this process if it is killed.
 */
final class SshAgents implements AutoCloseable {
  private static final String HINT = "it is the socket of an agent, or private keys";

  private final Map<String, List<Path>> requested;
  private final WorkDirectory work;
  private final List<Started> started = new ArrayList<>();
  private final Map<String, Path> sockets = new HashMap<>();

  SshAgents(Map<String, List<Path>> requested, WorkDirectory work) {
    this.requested = requested;
    this.work = work;
  }

  /**
   * A socket for each id; agents are started at the first call.
   *
   * @throws BuildException for a file that is neither a socket nor a key
   */
  synchronized Map<String, Path> sockets() {
    requested.forEach(
        (id, files) -> {
          if (!sockets.containsKey(id)) {
            sockets.put(id, socket(id, files));
          }
        });
    return Map.copyOf(sockets);
  }

  private Path socket(String id, List<Path> files) {
    for (Path file : files) {
      if (!isKey(id, file)) {
        if (files.size() > 1) {
          throw new BuildException(
              "ssh agent '" + id + "' cannot be several: \"" + file + "\" is no key",
              null,
              HINT,
              null);
        }
        return file;
      }
    }
    try {
      Started agent = Started.at(work.newDirectory().resolve("agent"));
      started.add(agent);
      for (Path key : files) {
        agent.add(id, key);
      }
      return agent.socket;
    } catch (IOException e) {
      throw new BuildException(
          "cannot start an ssh agent for '" + id + "': " + e.getMessage(),
          null,
          "install OpenSSH's client, or give the socket of an agent",
          e);
    }
  }

  private static boolean isKey(String id, Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw new BuildException(
            "ssh agent '" + id + "': \"" + file + "\" is a directory", null, HINT, null);
      }
      return attributes.isRegularFile();
    } catch (IOException e) {
      throw new BuildException("ssh agent '" + id + "': \"" + file + "\" not found", null, HINT, e);
    }
  }

  @Override
  public synchronized void close() {
    started.forEach(Started::close);
    started.clear();
  }

  /** An agent of OpenSSH that watches its command: when that ends, it ends. */
  private record Started(Process command, long agent, Path socket) {
    static Started at(Path socket) throws IOException {
      Process command =
          new ProcessBuilder(
                  "ssh-agent", "-a", socket.toString(), "sh", "-c", "echo $SSH_AGENT_PID; exec cat")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      BufferedReader out =
          new BufferedReader(new InputStreamReader(command.getInputStream(), UTF_8));
      String pid = out.readLine(); // the socket is there by now
      if (pid == null) {
        throw new IOException("ssh-agent ended");
      }
      return new Started(command, Long.parseLong(pid.strip()), socket);
    }

    /** From a pipe, as a key that others may read is a fine one of a CI system. */
    void add(String id, Path key) throws IOException {
      ProcessBuilder builder = new ProcessBuilder("ssh-add", "-q", "-");
      builder.environment().put("SSH_AUTH_SOCK", socket.toString());
      builder.environment().put("SSH_ASKPASS_REQUIRE", "never");
      Process adding = builder.redirectErrorStream(true).start();
      try (OutputStream in = adding.getOutputStream()) {
        in.write(Files.readAllBytes(key));
      }
      String said = new String(adding.getInputStream().readAllBytes(), UTF_8).strip();
      if (exitCode(adding) != 0) {
        throw new BuildException(
            "ssh agent '" + id + "': cannot use \"" + key + "\": " + said,
            null,
            HINT + " without a passphrase",
            null);
      }
    }

    private static int exitCode(Process process) {
      try {
        return process.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException();
      }
    }

    void close() {
      Optional<ProcessHandle> running = ProcessHandle.of(agent);
      running.ifPresent(ProcessHandle::destroy);
      command.destroy();
      // it deletes its socket, which lies where all is about to be deleted
      running.ifPresent(
          ending -> ending.onExit().completeOnTimeout(ending, 1, TimeUnit.SECONDS).join());
    }
  }
}
