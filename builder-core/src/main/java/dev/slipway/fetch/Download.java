package dev.slipway.fetch;

import dev.slipway.progress.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes a response's body into a file, hashed and counted on the way. */
final class Download {
  private static final int BUFFER = 64 * 1024;

  private final HttpSource source;
  private final Path directory;
  private final Cancellation cancellation;

  Download(HttpSource source, Path directory, Cancellation cancellation) {
    this.source = source;
    this.directory = directory;
    this.cancellation = cancellation;
  }

  /** The file is named by its digest, so that a second download of it does no harm. */
  HttpFile read(HttpExchange exchange) throws IOException {
    long announced = exchange.length();
    if (announced > source.maxBytes()) {
      throw tooLarge();
    }
    Path part = Files.createTempFile(directory, "download", ".part");
    try {
      MessageDigest sha256 = sha256();
      long size;
      try (OutputStream out = Files.newOutputStream(part);
          InputStream in = exchange.body()) {
        size = copy(exchange, in, out, sha256);
      }
      if (announced >= 0 && size != announced) {
        throw new IOException("got " + size + " of " + announced + " bytes");
      }
      String digest = HexFormat.of().formatHex(sha256.digest());
      Path path = directory.resolve("http-" + digest);
      HttpFile file = new HttpFile(path, size, digest, source.fileName(), exchange.lastModified());
      HttpFetcher.checked(file, source);
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private long copy(HttpExchange exchange, InputStream in, OutputStream out, MessageDigest sha256)
      throws IOException {
    boolean complete = false;
    try {
      long size = copy(in, out, sha256);
      complete = true;
      return size;
    } finally {
      if (!complete) {
        exchange.close(); // before the body is closed, which reads all that is left of it
      }
    }
  }

  private long copy(InputStream in, OutputStream out, MessageDigest sha256) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      cancellation.check();
      size += n;
      if (size > source.maxBytes()) {
        throw tooLarge();
      }
      sha256.update(buffer, 0, n);
      out.write(buffer, 0, n);
    }
    return size;
  }

  private FetchException tooLarge() {
    return new FetchException(
        "\"" + source + "\" is larger than the limit of " + source.maxBytes() + " bytes");
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
