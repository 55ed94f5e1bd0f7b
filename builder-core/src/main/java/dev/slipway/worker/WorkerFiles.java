package dev.slipway.worker;

import dev.slipway.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
  private static final String LIBRARY = "libjnidispatch.so";

  /**
   * @param cache where they are kept
   * @param architecture as JNA names it, {@code linux-x86-64}
   */
  static WorkerFiles prepare(Path cache, String architecture) throws IOException {
    byte[] jar = resource(JAR);
    if (jar == null) {
      throw new IllegalStateException("the resource " + JAR + " is missing from this build");
    }
    Path folder = cache.resolve("worker-" + sha256(jar).substring(0, 32));
    Path jarFile = folder.resolve("worker.jar");
    Path library = folder.resolve(LIBRARY);
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    if (!Files.exists(jarFile)) {
      byte[] natives = resource("/com/sun/jna/" + architecture + "/" + LIBRARY);
      if (natives == null) {
        throw new SandboxException(
            "steps cannot run on this machine: no native library for " + architecture);
      }
      write(natives, library);
      write(jar, jarFile);
    }
    return new WorkerFiles(jarFile, folder, scratch);
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

  private static String sha256(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return String.format("%064x", new BigInteger(1, digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
