package dev.slipway.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program to run to its end. */
public final class Processes {
  private final List<String> command;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private byte[] input = {};
  private Path directory;
  private Duration limit = Duration.ofMinutes(10);

  private Processes(List<String> command) {
    this.command = new ArrayList<>(command);
  }

  public static Processes command(String... words) {
    return new Processes(List.of(words));
  }

  public static Processes command(List<String> words) {
    return new Processes(words);
  }

  public Processes in(Path workingDirectory) {
    this.directory = workingDirectory;
    return this;
  }

  /** A variable for it; a null value takes one away. */
  public Processes with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public Processes reading(byte[] bytes) {
    this.input = bytes;
    return this;
  }

  public Processes within(Duration duration) {
    this.limit = duration;
    return this;
  }

  /** How it ended. */
  public record Ended(List<String> command, int exitCode, byte[] output, String errors) {
    public String text() {
      return new String(output, StandardCharsets.UTF_8);
    }

    /** Itself, where the program succeeded; otherwise an error that shows all it wrote. */
    public Ended orFail() {
      if (exitCode != 0) {
        throw new AssertionError(this);
      }
      return this;
    }

    @Override
    public String toString() {
      return String.join(" ", command) + " ended with " + exitCode + "\n" + text() + errors;
    }
  }

  public Process start() {
    ProcessBuilder builder = new ProcessBuilder(command);
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    environment.forEach(
        (name, value) -> {
          if (value == null) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Ended run() {
    Process process = start();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    List<Thread> threads =
        List.of(
            thread(() -> process.getInputStream().transferTo(output)),
            thread(() -> process.getErrorStream().transferTo(errors)),
            thread(() -> feed(process)));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(command + " did not end within " + limit + "\n" + output + errors);
      }
      for (Thread thread : threads) {
        thread.join(10_000);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new AssertionError(e);
    }
    return new Ended(
        command,
        process.exitValue(),
        output.toByteArray(),
        errors.toString(StandardCharsets.UTF_8));
  }

  private void feed(Process process) throws IOException {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input);
    }
  }

  @FunctionalInterface
  private interface Copying {
    void run() throws IOException;
  }

  private static Thread thread(Copying copying) {
    Thread thread =
        new Thread(
            () -> {
              try {
                copying.run();
              } catch (IOException e) {
                // the process ended first
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** All that a program prints, both streams, as one text; for servers that log. */
  public static Thread drain(InputStream stream, StringBuffer into) {
    return thread(
        () -> {
          byte[] buffer = new byte[4096];
          for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
            into.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
          }
        });
  }
}
