package dev.slipway.fetch;

import dev.slipway.layer.TarSliceContent;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The contents of many blobs, written one after the other into one file. */
final class GitBlobs {
  private final Map<String, TarSliceContent> contents = new HashMap<>();

  private GitBlobs() {}

  /**
   * @param objects names of blobs, each once
   * @param file to be made
   */
  static GitBlobs read(GitRepository repository, Collection<String> objects, Path file)
      throws GitProgram.Failure {
    GitBlobs blobs = new GitBlobs();
    if (!objects.isEmpty()) {
      byte[] input = (String.join("\n", objects) + "\n").getBytes(StandardCharsets.US_ASCII);
      repository
          .git()
          .run(repository.directory(), input, out -> blobs.copy(out, file), "cat-file", "--batch");
    }
    return blobs;
  }

  @Nullable TarSliceContent content(String object) {
    return contents.get(object);
  }

  /** Each is {@code OBJECT TYPE SIZE<lf>CONTENT<lf>}. */
  private void copy(InputStream stdout, Path file) throws IOException {
    InputStream in = new BufferedInputStream(stdout, 64 * 1024);
    byte[] buffer = new byte[64 * 1024];
    long offset = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 64 * 1024)) {
      for (String line = line(in); line != null; line = line(in)) {
        String[] words = line.split(" ");
        if (words.length != 3) {
          throw new IOException("expected a blob, found \"" + line + "\"");
        }
        long size = Long.parseLong(words[2]);
        MessageDigest sha256 = Download.sha256();
        for (long left = size; left > 0; ) {
          int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (n < 0) {
            throw new EOFException("git ended early");
          }
          sha256.update(buffer, 0, n);
          out.write(buffer, 0, n);
          left -= n;
        }
        in.skipNBytes(1);
        contents.put(words[0], new TarSliceContent(file, offset, size, sha256.digest()));
        offset += size;
      }
    }
  }

  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      line.append((char) c);
    }
    return line.toString();
  }
}
