package dev.slipway.export.ocilayout;

import dev.slipway.export.BlobArchive;
import dev.slipway.export.ExportException;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.OutputTarget;
import dev.slipway.export.OutputWriting;
import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.reference.ImageReference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a layout as a tar archive, in one go: blobs sorted by digest, so that equal images give
 * equal archives.
 */
final class LayoutArchive {
  private LayoutArchive() {}

  /**
   * @param more files beside those of a layout, by name
   * @throws ExportException if it cannot be written; the target is then as it was
   */
  static ExportResult write(
      OutputTarget target,
      ExportedImages images,
      List<ImageReference> names,
      Map<String, byte[]> more,
      OutputWriting writing) {
    return writing.write(
        target.name(),
        images.size(),
        part -> {
          try {
            BlobArchive archive =
                new BlobArchive(
                    target.open(),
                    done -> {
                      writing.cancellation().check();
                      part.moved(done);
                    });
            write(archive, images, names, more);
            target.commit();
            return new ExportResult(images.root(), List.of(target.name()), List.of());
          } finally {
            target.discard();
          }
        });
  }

  private static void write(
      BlobArchive archive,
      ExportedImages images,
      List<ImageReference> names,
      Map<String, byte[]> more)
      throws IOException {
    writeBlobs(archive, images.blobs());
    archive.file("index.json", LayoutIndex.bytes(LayoutIndex.entries(images, names)));
    for (Map.Entry<String, byte[]> file : new TreeMap<>(more).entrySet()) {
      archive.file(file.getKey(), file.getValue());
    }
    archive.file("oci-layout", LayoutIndex.version());
    archive.finish();
  }

  private static void writeBlobs(BlobArchive archive, Map<Descriptor, BlobContent> blobs)
      throws IOException {
    archive.directory("blobs/");
    String algorithm = "";
    for (Map.Entry<Descriptor, BlobContent> blob : blobs.entrySet()) {
      String its = blob.getKey().digest().algorithm();
      if (!its.equals(algorithm)) {
        archive.directory("blobs/" + its + "/");
        algorithm = its;
      }
      archive.blob(blob.getKey(), blob.getValue());
    }
  }
}
