package dev.slipway.export;

import dev.slipway.oci.UnclosedOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where an archive is written: a file, that appears complete or not at all, or a stream. Not
 * thread-safe.
 */
public final class OutputTarget {
  private static final int BUFFER = 256 << 10;

  private final String name;
  private final @Nullable Path file;
  private final @Nullable OutputStream stream;
  private @Nullable Path aside;
  private @Nullable OutputStream open;

  private OutputTarget(String name, @Nullable Path file, @Nullable OutputStream stream) {
    this.name = name;
    this.file = file;
    this.stream = stream;
  }

  /** Missing directories above it are made. */
  public static OutputTarget file(Path file) {
    return new OutputTarget(file.toString(), file, null);
  }

  /** Flushed and not closed; what is written to it before a failure cannot be taken back. */
  public static OutputTarget stream(OutputStream stream) {
    return new OutputTarget("-", null, stream);
  }

  /** The path, or {@code -}. */
  public String name() {
    return name;
  }

  /** Opens it, once; {@link #commit} or {@link #discard} closes it. */
  public OutputStream open() throws IOException {
    OutputStream raw = stream != null ? new UnclosedOutputStream(stream) : openFile();
    open = new BufferedOutputStream(raw, BUFFER);
    return open;
  }

  private OutputStream openFile() throws IOException {
    if (file == null) {
      throw new IllegalStateException();
    }
    // Renaming over a link, a pipe or /dev/null would replace it by a file.
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    if (Files.exists(target) && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      return Files.newOutputStream(target, StandardOpenOption.WRITE);
    }
    Path directory = target.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    String suffix = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path part = target.resolveSibling("." + target.getFileName() + "." + suffix + ".part");
    OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    aside = part;
    return out;
  }

  /** Makes what was written visible. */
  public void commit() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
    if (aside != null && file != null) {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Files.move(
          aside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      aside = null;
    }
  }

  /** Takes away what was written, as far as that can be; nothing after a commit. */
  public void discard() {
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      // It is thrown away in any case.
    }
    open = null;
    try {
      if (aside != null) {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      // What made the build fail is told; this could only hide it.
    }
    aside = null;
  }
}
