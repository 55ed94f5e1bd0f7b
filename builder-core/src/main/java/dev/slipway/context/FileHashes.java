package dev.slipway.context;

import dev.slipway.diagnostic.Awaited;
import dev.slipway.tree.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The digests of contents, those that are not known found by several threads. Files of this machine
 * keep their own; the others' are kept here.
 */
final class FileHashes {
  private static final int BUFFER = 64 * 1024;
  private static final int MAX_HELPERS = 16;

  private final Map<Content, byte[]> found = new IdentityHashMap<>();

  static FileHashes of(List<Content> contents, Executor executor) {
    FileHashes hashes = new FileHashes();
    List<Content> unknown = new ArrayList<>();
    for (Content content : contents) {
      byte[] known = known(content);
      if (known == null) {
        unknown.add(content);
      } else if (!(content instanceof HostFileContent)) {
        hashes.found.put(content, known);
      }
    }
    byte[][] digests = new Batch(unknown).run(executor);
    for (int i = 0; i < digests.length; i++) {
      if (!(unknown.get(i) instanceof HostFileContent)) {
        hashes.found.put(unknown.get(i), digests[i]);
      }
    }
    return hashes;
  }

  private static byte @Nullable [] known(Content content) {
    if (content instanceof HostFileContent file) {
      return file.digestBytesIfKnown();
    }
    String known = content.digestIfKnown();
    return known == null ? null : HexFormat.of().parseHex(known);
  }

  byte[] of(Content content) {
    byte[] digest =
        content instanceof HostFileContent file ? file.digestBytesIfKnown() : found.get(content);
    if (digest == null) {
      throw new IllegalStateException("not digested: " + content);
    }
    return digest;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Reads a stream to its end. */
  static byte[] hash(InputStream in, long size) throws IOException {
    MessageDigest sha256 = sha256();
    byte[] buffer = new byte[(int) Math.min(BUFFER, size + 1)];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      sha256.update(buffer, 0, n);
    }
    return sha256.digest();
  }

  /**
   * Contents that whoever is free takes one by one. The caller takes part, so that a saturated
   * executor delays nothing; it waits only for what others have begun.
   */
  private static final class Batch {
    private final List<Content> contents;
    private final byte[][] digests;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Batch(List<Content> contents) {
      this.contents = contents;
      this.digests = new byte[contents.size()][];
      this.left = new CountDownLatch(contents.size());
    }

    byte[][] run(Executor executor) {
      try {
        for (int i = 1; i < Math.min(contents.size(), MAX_HELPERS); i++) {
          executor.execute(this::work);
        }
      } catch (RejectedExecutionException e) {
        // Then the caller does it alone.
      }
      work();
      awaitOthers();
      Throwable failed = failure.get();
      if (failed instanceof FileSystemException refused && refused.getFile() != null) {
        throw ContextException.unreadable(refused.getFile(), refused);
      }
      if (failed instanceof IOException) {
        throw new ContextException(String.valueOf(failed.getMessage()), failed);
      }
      if (failed != null) {
        throw Awaited.failure(failed);
      }
      return digests;
    }

    private void awaitOthers() {
      boolean interrupted = false;
      while (true) {
        try {
          left.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private void work() {
      for (int i = next.getAndIncrement(); i < digests.length; i = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            digests[i] = digest(contents.get(i));
          }
        } catch (IOException | RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          left.countDown();
        }
      }
    }

    private static byte[] digest(Content content) throws IOException {
      if (content instanceof HostFileContent file) {
        return file.digestBytes();
      }
      try (InputStream in = content.open()) {
        return hash(in, content.size());
      }
    }
  }
}
