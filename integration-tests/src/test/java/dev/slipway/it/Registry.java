package dev.slipway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's {@code docker-registry} on a free port of the loopback address. */
public final class Registry implements AutoCloseable {
  private final Process process;
  private final int port;
  private final StringBuffer log = new StringBuffer();

  private Registry(Process process, int port) {
    this.process = process;
    this.port = port;
    Processes.drain(process.getInputStream(), log);
    Processes.drain(process.getErrorStream(), log);
  }

  /**
   * Starts one; skips the test by name where the program is missing.
   *
   * @param directory for its blobs and configuration
   */
  public static Registry start(Path directory) {
    return start(directory, "");
  }

  static final String USER = "it";
  static final String PASSWORD = "pa:ss word";

  /** As {@link #start}; it answers only those who know the password. */
  static Registry startWithPassword(Path directory) {
    try {
      // bcrypt, the only form that it takes
      Path passwords =
          Files.writeString(
              directory.resolve("htpasswd"),
              USER + ":$2y$05$abcdefghijklmnopqrstuuDvFYunEEkRAUw6hKd4mLN/wdxTQz.ki\n");
      return start(directory, "auth: {htpasswd: {realm: it, path: " + passwords + "}}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #start}; it has TLS, with a certificate of its own, {@code tls.crt}. */
  static Registry startWithTls(Path directory) {
    Machine.require("openssl");
    Path key = directory.resolve("tls.key");
    Path certificate = directory.resolve("tls.crt");
    Processes.command(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=127.0.0.1",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            key.toString(),
            "-out",
            certificate.toString())
        .run()
        .orFail();
    return start(directory, "  tls: {key: " + key + ", certificate: " + certificate + "}\n");
  }

  /**
   * @param more goes on where the configuration of {@code http} ends
   */
  private static Registry start(Path directory, String more) {
    Machine.require("docker-registry");
    try {
      int port = freePort();
      Path config =
          Files.writeString(
              directory.resolve("registry.yml"),
              """
              version: 0.1
              log: {level: warn}
              storage:
                filesystem: {rootdirectory: %s}
                delete: {enabled: true}
              http:
                addr: "127.0.0.1:%d"
              """
                      .formatted(directory.resolve("registry"), port)
                  + more);
      Registry registry =
          new Registry(
              Processes.command("docker-registry", "serve", config.toString()).start(), port);
      registry.awaitAnswer();
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() {
    for (int i = 0; i < 200; i++) {
      try {
        HttpURLConnection connection =
            (HttpURLConnection) URI.create("http://" + address() + "/v2/").toURL().openConnection();
        connection.getResponseCode(); // also that a password is wanted, or TLS
        return;
      } catch (IOException e) {
        // not up yet
      }
      sleep();
    }
    close();
    throw new AssertionError("docker-registry did not answer:\n" + log);
  }

  private static void sleep() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** {@code host:port}, to be followed by a repository's name. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** What it has logged so far. */
  public String log() {
    return log.toString();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
