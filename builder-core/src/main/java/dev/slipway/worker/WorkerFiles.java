package dev.slipway.worker;

import dev.slipway.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a worker's JVM is started with, as files: this library may lie in somebody's fat jar. They
 * are kept by version, and written once. One that is there is taken if it has its size and nobody
 * but this user can have written it; to compare the library alone would cost a start 15 ms. Each
 * use sets its time, by which the store knows what an older version has left.
 *
 * @param jar the worker's classes
 * @param library JNA's
 * @param scratch an empty directory for the worker to mount on
 */
record WorkerFiles(Path jar, Path library, Path scratch) {
  private static final String JAR = "/META-INF/slipway/worker.jar";

  /**
   * Its SHA-256 and its size, made with it: to hash it would take longer than the worker's start.
   */
  private static final String JAR_IDENTITY = JAR + ".id";

  private static final String LIBRARY = "libjnidispatch.so";

  /** Asked of JNA itself, it would load JNA here; a test compares them. */
  static final String JNA_VERSION = "5.18.1";

  /** By architecture; a test compares them. */
  static final Map<String, Long> LIBRARY_SIZES =
      Map.of("linux-x86-64", 134_447L, "linux-aarch64", 162_288L);

  private static final int OTHERS_MAY_WRITE = 0022;

  static WorkerFiles prepare(WorkerSettings settings, WorkerIdentity identity) throws IOException {
    Path scratch = Files.createDirectories(settings.cache().resolve("scratch"));
    Optional<Path> given = settings.jvm().classes();
    return new WorkerFiles(
        given.isPresent() ? given.get() : ownJar(settings, identity.uid()),
        library(settings, identity),
        scratch);
  }

  private static Path library(WorkerSettings settings, WorkerIdentity identity) throws IOException {
    String architecture = identity.architecture();
    Path library = settings.cache().resolve("lib" + libraryName(architecture) + ".so");
    long size = LIBRARY_SIZES.getOrDefault(architecture, -1L);
    if (!isIntact(library, size, identity.uid())) {
      byte[] bytes = resource("/com/sun/jna/" + architecture + "/" + LIBRARY);
      if (bytes == null) {
        throw new SandboxException(
            "steps cannot run on this machine: no native library for " + architecture);
      }
      write(bytes, library);
    }
    return library;
  }

  /** What JNA is to look for in the directory of {@link #library}. */
  static String libraryName(String architecture) {
    return "jnidispatch-" + JNA_VERSION + "-" + architecture;
  }

  private static Path ownJar(WorkerSettings settings, int uid) throws IOException {
    String[] identity =
        new String(required(JAR_IDENTITY), StandardCharsets.US_ASCII).strip().split(" ");
    Path jar = settings.cache().resolve("worker-" + identity[0].substring(0, 32) + ".jar");
    if (!isIntact(jar, Long.parseLong(identity[1]), uid)) {
      write(required(JAR), jar);
    }
    return jar;
  }

  private static boolean isIntact(Path file, long size, int uid) throws IOException {
    try {
      Map<String, Object> found =
          Files.readAttributes(file, "unix:mode,uid,size,isRegularFile", LinkOption.NOFOLLOW_LINKS);
      boolean intact =
          Boolean.TRUE.equals(found.get("isRegularFile"))
              && Long.valueOf(size).equals(found.get("size"))
              && Integer.valueOf(uid).equals(found.get("uid"))
              && found.get("mode") instanceof Integer mode
              && (mode & OTHERS_MAY_WRITE) == 0;
      if (intact) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      }
      return intact;
    } catch (NoSuchFileException e) {
      return false;
    }
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

  /** Synced, unlike the rest of the store: a damaged entry is a miss, and this one is run. */
  private static void write(byte[] bytes, Path file) throws IOException {
    Path aside = Files.createTempFile(file.getParent(), "new", null);
    try {
      try (FileChannel out = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
        out.force(true);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
