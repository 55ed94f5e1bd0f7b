package dev.slipway.session.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.diagnostic.BuildException;
import dev.slipway.diagnostic.FileRefusal;
import dev.slipway.fetch.HttpFile;
import dev.slipway.fetch.HttpMemo;
import dev.slipway.oci.Digest;
import dev.slipway.store.BlobWriter;
import dev.slipway.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Downloads, kept in the store: a file is a blob, a fact under the hash of its URL says which one
 * and what its server is to be asked with.
 */
public record RememberedDownloads(Store store) implements HttpMemo {
  private static final String KIND = "download";

  /** ETag, Last-Modified, digest, size, seconds of the change, and the name, which may be any. */
  private static final int FIELDS = 6;

  @Override
  public Optional<Download> find(String url) {
    return store.facts().find(KIND, key(url)).flatMap(this::read);
  }

  private Optional<Download> read(byte[] fact) {
    String[] fields = new String(fact, UTF_8).split("\n", FIELDS);
    if (fields.length != FIELDS) {
      return Optional.empty();
    }
    Digest digest = Digest.parse(fields[2]);
    long size = Long.parseLong(fields[3]);
    Instant changed = fields[4].isEmpty() ? null : Instant.ofEpochSecond(Long.parseLong(fields[4]));
    return store
        .blobs()
        .find(digest, size)
        .map(path -> new HttpFile(path, size, digest.hex(), fields[5], changed))
        .map(file -> new Download(orNull(fields[0]), orNull(fields[1]), file));
  }

  private static @Nullable String orNull(String field) {
    return field.isEmpty() ? null : field;
  }

  @Override
  public void remember(String url, Download download) {
    HttpFile file = download.file();
    Digest digest = Digest.parse("sha256:" + file.sha256());
    if (store.blobs().find(digest, file.size()).isEmpty()) {
      copy(file.path(), digest, file.size());
    }
    Instant changed = file.lastModified();
    String fact =
        String.join(
            "\n",
            download.etag() == null ? "" : download.etag(),
            download.modified() == null ? "" : download.modified(),
            digest.toString(),
            Long.toString(file.size()),
            changed == null ? "" : Long.toString(changed.getEpochSecond()),
            file.fileName());
    store.facts().put(KIND, key(url), fact.getBytes(UTF_8));
  }

  private void copy(Path file, Digest digest, long size) {
    try (BlobWriter blob = store.blobs().writer(digest, size)) {
      Files.copy(file, blob);
      blob.commit();
    } catch (IOException e) {
      throw new BuildException("cannot keep \"" + file + "\": " + FileRefusal.reason(e), e);
    }
  }

  private static String key(String url) {
    return Digest.of(url.getBytes(UTF_8)).hex();
  }
}
