package dev.slipway.fetch;

import dev.slipway.diagnostic.RedactedUrl;
import dev.slipway.http.BasicAuthorization;
import dev.slipway.progress.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs git so that nothing of the host's configuration and nothing in a repository makes it run
 * anything else or read local files: no configuration files, hooks, templates, prompts, helpers or
 * transports beyond the four known ones.
 */
final class GitProgram {
  private static final int MAX_ERROR = 64 * 1024;

  private final GitFetcher.Options options;
  private final String url;
  private final Cancellation cancellation;

  /**
   * @param url the repository, for messages to be cleaned of its credentials
   */
  GitProgram(GitFetcher.Options options, String url, Cancellation cancellation) {
    this.options = options;
    this.url = url;
    this.cancellation = cancellation;
  }

  /**
   * The repository's URL as it is given to git. Whoever can list processes sees their arguments, so
   * credentials for a web server are handed over otherwise.
   */
  String url() {
    return HttpSource.isHttp(url) ? RedactedUrl.of(url) : url;
  }

  /** Takes what git prints. */
  interface Output {
    void read(InputStream stdout) throws IOException;
  }

  /** What git failed with. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    Failure(String message) {
      super(message);
    }

    String text() {
      return String.valueOf(getMessage());
    }
  }

  byte[] run(@Nullable Path gitDirectory, String... arguments) throws Failure {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    run(gitDirectory, new byte[0], in -> in.transferTo(out), arguments);
    return out.toByteArray();
  }

  /**
   * @param input given to git's standard input
   * @throws Failure if git ends with an error, with its last words
   * @throws FetchException if it cannot be started
   */
  void run(@Nullable Path gitDirectory, byte[] input, Output output, String... arguments)
      throws Failure {
    cancellation.check();
    Process process = start(gitDirectory, arguments);
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    Thread feeder = background("git stdin", () -> feed(process, input));
    Thread reader = background("git stderr", () -> drain(process.getErrorStream(), errors));
    Cancellation.Registration registration = cancellation.onCancel(() -> kill(process));
    try {
      output.read(process.getInputStream());
      int code = await(process, feeder, reader);
      cancellation.check();
      if (code != 0) {
        throw new Failure(lastWords(errors, code));
      }
    } catch (IOException e) {
      cancellation.check();
      throw new FetchException("cannot read from git: " + e.getMessage(), e);
    } finally {
      registration.close();
      kill(process);
    }
  }

  private Process start(@Nullable Path gitDirectory, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(options.program());
    for (String setting : settings()) {
      command.add("-c");
      command.add(setting);
    }
    if (gitDirectory != null) {
      command.add("--git-dir=" + gitDirectory);
    }
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(options.environment());
    environment.putAll(confinement());
    environment.putAll(credentials());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new FetchException(
          "cannot start \"" + options.program() + "\": " + e.getMessage(),
          "git sources need the git program");
    }
  }

  private static List<String> settings() {
    return List.of(
        "core.hooksPath=/dev/null",
        "core.fsmonitor=false",
        "credential.helper=",
        "fetch.recurseSubmodules=false",
        "submodule.recurse=false",
        "transfer.bundleURI=false",
        "init.templateDir=",
        "init.defaultBranch=master",
        "gc.auto=0",
        "maintenance.auto=false",
        "http.followRedirects=initial");
  }

  private Map<String, String> confinement() {
    return Map.ofEntries(
        Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
        Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
        Map.entry("GIT_ATTR_NOSYSTEM", "1"),
        Map.entry("GIT_TERMINAL_PROMPT", "0"),
        Map.entry("GIT_SSH_COMMAND", "ssh -F /dev/null -o BatchMode=yes"),
        Map.entry(
            "GIT_ALLOW_PROTOCOL",
            "http:https:ssh:git" + (options.localRepositories() ? ":file" : "")),
        Map.entry("HOME", "/dev/null"),
        Map.entry("LC_ALL", "C"));
  }

  /** A setting for this repository only; it needs git 2.31. */
  private Map<String, String> credentials() {
    String user = RedactedUrl.userInfo(url);
    return user.isEmpty() || !HttpSource.isHttp(url)
        ? Map.of()
        : Map.of(
            "GIT_CONFIG_COUNT", "1",
            "GIT_CONFIG_KEY_0", "http." + url() + ".extraHeader",
            "GIT_CONFIG_VALUE_0", "Authorization: " + BasicAuthorization.ofUserInfo(user));
  }

  private static Thread background(String name, Runnable action) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void feed(Process process, byte[] input) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException e) {
      // Git ended without reading all; its exit code says why.
    }
  }

  private static void drain(InputStream stderr, ByteArrayOutputStream errors) {
    byte[] buffer = new byte[4096];
    try {
      for (int n = stderr.read(buffer); n >= 0; n = stderr.read(buffer)) {
        if (errors.size() < MAX_ERROR) {
          errors.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      // Git was killed.
    }
  }

  private static int await(Process process, Thread feeder, Thread reader) {
    boolean interrupted = false;
    while (true) {
      try {
        feeder.join();
        reader.join();
        int code = process.waitFor();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return code;
      } catch (InterruptedException e) {
        interrupted = true;
        kill(process);
      }
    }
  }

  /** Git talks to servers through processes of its own, which must not outlive it. */
  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private String lastWords(ByteArrayOutputStream errors, int code) {
    String text = errors.toString(StandardCharsets.UTF_8).strip();
    for (String line : text.split("\n")) {
      if (line.startsWith("fatal: ") || line.startsWith("error: ")) {
        text = line.substring(line.indexOf(' ') + 1);
        break;
      }
    }
    return text.isEmpty() ? "exit code " + code : RedactedUrl.inText(text, url);
  }
}
