package dev.slipway.export.ocilayout;

import dev.slipway.export.BlobArchive;
import dev.slipway.export.ExportException;
import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.Index;
import dev.slipway.oci.LayoutNames;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.OciException;
import dev.slipway.store.LockFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;

/**
 * A directory that is, or becomes, an OCI layout. What it has already stays, but for names, which
 * are given to what is new. Readers see that from the moment when {@code index.json}, written last,
 * is renamed into place. Who writes at the same time waits.
 */
public final class LayoutDirectory {
  /** BuildKit's name for it. */
  private static final String LOCK = "index.json.lock";

  private static final int BUFFER = 256 << 10;

  private final Path directory;
  private final Runnable check;

  /**
   * @param directory is made where it is not there
   * @param check called now and then; what it throws ends the writing, and leaves nothing
   */
  public LayoutDirectory(Path directory, Runnable check) {
    this.directory = directory;
    this.check = check;
  }

  /**
   * Adds manifests with their blobs; the blobs of what had their names stay.
   *
   * @param moved hears how many bytes are there
   */
  public void add(List<Descriptor> entries, Map<Descriptor, BlobContent> blobs, LongConsumer moved)
      throws IOException {
    underLock(() -> write(entries, blobs, moved));
  }

  /** As {@link #add}; blobs that only what had their names needs are taken away. */
  public void replace(
      List<Descriptor> entries, Map<Descriptor, BlobContent> blobs, LongConsumer moved)
      throws IOException {
    underLock(
        () -> {
          List<Descriptor> before = entries();
          write(entries, blobs, moved);
          takeAway(before, entries());
        });
  }

  /** Whether it has a file of that name and size; what is in it is not looked at. */
  public boolean has(Descriptor blob) throws IOException {
    Path file = file(blob);
    return Files.isRegularFile(file) && Files.size(file) == blob.size();
  }

  private interface Work {
    void run() throws IOException;
  }

  private void underLock(Work work) throws IOException {
    Files.createDirectories(directory);
    LockFile lock = LockFile.take(directory.resolve(LOCK), check);
    try {
      work.run();
    } finally {
      lock.close();
    }
  }

  private void write(
      List<Descriptor> entries, Map<Descriptor, BlobContent> blobs, LongConsumer moved)
      throws IOException {
    List<Path> added = new ArrayList<>();
    boolean complete = false;
    try {
      byte[] index = LayoutIndex.bytes(merged(entries));
      writeBlobs(blobs, added, moved);
      write(directory.resolve("oci-layout"), in(LayoutIndex.version()));
      write(directory.resolve("index.json"), in(index));
      complete = true;
    } finally {
      if (!complete) {
        // Still under the lock: the next to have it may count on any blob that is there.
        remove(added);
      }
    }
  }

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  /** What the layout names. */
  private List<Descriptor> entries() throws IOException {
    Path file = directory.resolve("index.json");
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Index.parse(document(file), MediaType.OCI_INDEX).manifests();
    } catch (OciException e) {
      throw new ExportException(
          "cannot add to \"" + directory + "\", whose index.json is none: " + e.getMessage(),
          "name another directory, or delete this one",
          e);
    }
  }

  /** A pipe would be waited for. */
  private static byte[] document(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("\"" + file + "\" is no regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(Manifest.MAX_SIZE + 1);
    }
  }

  /** What the layout names already, without the names that go to what is new. */
  private List<Descriptor> merged(List<Descriptor> entries) throws IOException {
    List<Descriptor> all = new ArrayList<>();
    for (Descriptor old : entries()) {
      if (!isReplaced(old, entries)) {
        all.add(old);
      }
    }
    all.addAll(entries);
    return all;
  }

  private static boolean isReplaced(Descriptor old, List<Descriptor> entries) {
    String name = LayoutNames.of(old);
    for (Descriptor entry : entries) {
      if (name.equals(LayoutNames.of(entry))
          && (!name.isEmpty() || old.digest().equals(entry.digest()))) {
        return true;
      }
    }
    return false;
  }

  private void writeBlobs(Map<Descriptor, BlobContent> blobs, List<Path> added, LongConsumer moved)
      throws IOException {
    long done = 0;
    for (Map.Entry<Descriptor, BlobContent> blob : blobs.entrySet()) {
      check.run();
      Path file = file(blob.getKey());
      makeInside(directory.resolve("blobs/" + blob.getKey().digest().algorithm()));
      if (!has(blob.getKey())) {
        try (InputStream in = blob.getValue().open()) {
          added.add(file);
          write(file, in);
        }
      }
      done += blob.getKey().size();
      moved.accept(done);
    }
  }

  /** Who reads the layout does not follow links out of it, nor is anything to be deleted there. */
  private void makeInside(Path folder) throws IOException {
    Files.createDirectories(folder);
    if (!folder.toRealPath().startsWith(directory.toRealPath())) {
      throw new IOException("\"" + folder + "\" is a link out of it");
    }
  }

  private Path file(Descriptor blob) {
    return directory.resolve(BlobArchive.name(blob));
  }

  /** Aside, then renamed: who reads at the same time sees all of a file or nothing. */
  private void write(Path file, InputStream in) throws IOException {
    String suffix = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path aside = file.resolveSibling("." + file.getFileName() + "." + suffix + ".part");
    boolean moved = false;
    try {
      try (OutputStream out =
          Files.newOutputStream(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        byte[] buffer = new byte[BUFFER];
        for (int count; (count = in.read(buffer)) >= 0; ) {
          check.run();
          out.write(buffer, 0, count);
        }
      }
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      moved = true;
    } finally {
      if (!moved) {
        Files.deleteIfExists(aside);
      }
    }
  }

  /** Takes away the blobs that only entries of {@code before} need. */
  private void takeAway(List<Descriptor> before, List<Descriptor> now) {
    try {
      Map<Digest, Descriptor> gone = blobsOf(before);
      gone.keySet().removeAll(blobsOf(now).keySet());
      remove(gone.values().stream().map(this::file).toList());
    } catch (IOException | OciException e) {
      // A layout that is not whole, or has more than manifests, keeps what it has.
    }
  }

  private Map<Digest, Descriptor> blobsOf(List<Descriptor> entries) throws IOException {
    Map<Digest, Descriptor> blobs = new HashMap<>();
    for (Descriptor entry : entries) {
      Manifest manifest = Manifest.parse(document(file(entry)), entry.mediaType());
      blobs.put(entry.digest(), entry);
      blobs.put(manifest.config().digest(), manifest.config());
      manifest.layers().forEach(layer -> blobs.put(layer.digest(), layer));
    }
    return blobs;
  }

  private static void remove(List<Path> blobs) {
    for (Path file : blobs) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // It takes room; what made a build fail is told, and this could only hide it.
      }
    }
  }
}
