package dev.slipway.worker;

import dev.slipway.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a worker's JVM is started with, as files: this library may lie in somebody's fat jar. They
 * are kept by the jar's digest and written once.
 *
 * @param jar the worker's classes
 * @param natives a directory with JNA's library
 * @param scratch an empty directory for the worker to mount on
 */
record WorkerFiles(Path jar, Path natives, Path scratch) {
  private static final String JAR = "/META-INF/slipway/worker.jar";

  /** Made with the jar: to hash that would take longer than the worker's start. */
  private static final String JAR_DIGEST = JAR + ".sha256";

  private static final String LIBRARY = "libjnidispatch.so";

  /** Asked of JNA itself, it would load JNA here; a test compares them. */
  static final String JNA_VERSION = "5.18.1";

  /**
   * @param architecture as JNA names it, {@code linux-x86-64}
   */
  static WorkerFiles prepare(WorkerSettings settings, String architecture) throws IOException {
    Path natives = Files.createDirectories(settings.cache().resolve("jna-" + JNA_VERSION));
    Path scratch = Files.createDirectories(natives.resolve("scratch"));
    Path library = natives.resolve(LIBRARY);
    if (!Files.exists(library)) {
      byte[] bytes = resource("/com/sun/jna/" + architecture + "/" + LIBRARY);
      if (bytes == null) {
        throw new SandboxException(
            "steps cannot run on this machine: no native library for " + architecture);
      }
      write(bytes, library);
    }
    Optional<Path> given = settings.jvm().classes();
    return new WorkerFiles(given.isPresent() ? given.get() : ownJar(settings), natives, scratch);
  }

  private static Path ownJar(WorkerSettings settings) throws IOException {
    String digest = new String(required(JAR_DIGEST), StandardCharsets.US_ASCII).strip();
    Path jar = settings.cache().resolve("worker-" + digest.substring(0, 32) + ".jar");
    if (!Files.exists(jar)) {
      write(required(JAR), jar);
    }
    return jar;
  }

  private static byte[] required(String name) throws IOException {
    byte[] bytes = resource(name);
    if (bytes == null) {
      throw new IllegalStateException("the resource " + name + " is missing from this build");
    }
    return bytes;
  }

  private static byte @Nullable [] resource(String name) throws IOException {
    try (InputStream in = WorkerFiles.class.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private static void write(byte[] bytes, Path file) throws IOException {
    Path aside = Files.createTempFile(file.getParent(), "new", null);
    Files.write(aside, bytes);
    try {
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
