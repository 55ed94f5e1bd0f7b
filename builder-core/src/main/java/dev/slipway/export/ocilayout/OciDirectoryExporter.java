package dev.slipway.export.ocilayout;

import dev.slipway.export.BlobArchive;
import dev.slipway.export.ExportListener;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.Exporter;
import dev.slipway.export.OfferedLayer;
import dev.slipway.export.OutputWriting;
import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaType;
import dev.slipway.reference.ImageReference;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes an OCI layout into a directory. A layout that is there already gets the images as well:
 * its blobs stay, and names that it has are given to the new images. Readers see the new images
 * from the moment when {@code index.json}, written last, is renamed into place. Builds that write
 * into one layout at the same time wait for each other.
 */
public final class OciDirectoryExporter implements Exporter {
  /** BuildKit's name for it. */
  private static final String LOCK = "index.json.lock";

  private static final int BUFFER = 256 << 10;

  private final Path directory;
  private final List<ImageReference> names;
  private final OutputWriting writing;

  /**
   * @param names what the image is called in it; may be empty
   */
  public OciDirectoryExporter(Path directory, List<ImageReference> names, OutputWriting writing) {
    this.directory = directory;
    this.names = List.copyOf(names);
    this.writing = writing;
  }

  @Override
  public void offer(OfferedLayer layer) {}

  @Override
  public ExportResult commit(ExportedImages images) {
    return writing.write(
        directory.toString(),
        images.size(),
        part -> {
          Files.createDirectories(directory);
          LockFile lock = LockFile.take(directory.resolve(LOCK), writing.cancellation()::check);
          try {
            writeLayout(images, part);
          } finally {
            lock.close();
          }
          return new ExportResult(images.root(), List.of(directory.toString()), List.of());
        });
  }

  private void writeLayout(ExportedImages images, ExportListener.Part part) throws IOException {
    List<Path> added = new ArrayList<>();
    boolean complete = false;
    try {
      byte[] index = LayoutIndex.bytes(merged(LayoutIndex.entries(images, names)));
      writeBlobs(images.blobs(), added, part);
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

  /** What the layout names already, without the names that go to the new images. */
  private List<Descriptor> merged(List<Descriptor> entries) throws IOException {
    Path file = directory.resolve("index.json");
    List<Descriptor> all = new ArrayList<>();
    if (Files.exists(file)) {
      byte[] bytes;
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(Manifest.MAX_SIZE + 1);
      }
      for (Descriptor old : Index.parse(bytes, MediaType.OCI_INDEX).manifests()) {
        if (!isReplaced(old, entries)) {
          all.add(old);
        }
      }
    }
    all.addAll(entries);
    return all;
  }

  private static boolean isReplaced(Descriptor old, List<Descriptor> entries) {
    String name = old.annotations().getOrDefault(LayoutIndex.IMAGE_NAME, "");
    for (Descriptor entry : entries) {
      boolean sameName = name.equals(entry.annotations().getOrDefault(LayoutIndex.IMAGE_NAME, ""));
      if (sameName && (!name.isEmpty() || old.digest().equals(entry.digest()))) {
        return true;
      }
    }
    return false;
  }

  private void writeBlobs(
      Map<Descriptor, BlobContent> blobs, List<Path> added, ExportListener.Part part)
      throws IOException {
    long done = 0;
    for (Map.Entry<Descriptor, BlobContent> blob : blobs.entrySet()) {
      writing.cancellation().check();
      Path file = directory.resolve(BlobArchive.name(blob.getKey()));
      Files.createDirectories(directory.resolve("blobs/" + blob.getKey().digest().algorithm()));
      if (!Files.isRegularFile(file) || Files.size(file) != blob.getKey().size()) {
        try (InputStream in = blob.getValue().open()) {
          added.add(file);
          write(file, in);
        }
      }
      done += blob.getKey().size();
      part.moved(done);
    }
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
          writing.cancellation().check();
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

  private static void remove(List<Path> blobs) {
    for (Path file : blobs) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // What made the build fail is told; this could only hide it.
      }
    }
  }

  /** Nothing to do: a commit that fails leaves nothing. */
  @Override
  public void close() {}
}
