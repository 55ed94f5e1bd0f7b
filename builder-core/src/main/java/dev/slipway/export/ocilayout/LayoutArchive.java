package dev.slipway.export.ocilayout;

import dev.slipway.export.BlobArchive;
import dev.slipway.export.ExportException;
import dev.slipway.export.ExportListener;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.OfferedLayer;
import dev.slipway.export.OutputTarget;
import dev.slipway.oci.BlobContent;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.progress.BuildEvent;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a layout as a tar archive, in one go: blobs sorted by digest, so that equal images give
 * equal archives.
 */
public final class LayoutArchive {
  private LayoutArchive() {}

  /**
   * @param more files beside those of a layout, by name
   * @throws ExportException if it cannot be written; the target is then as it was
   */
  public static ExportResult write(
      OutputTarget target,
      ExportedImages images,
      List<ImageReference> names,
      Map<String, byte[]> more,
      ExportListener listener,
      Cancellation cancellation) {
    Map<Descriptor, BlobContent> blobs = blobs(images);
    long total = 0;
    for (Descriptor blob : blobs.keySet()) {
      total += blob.size();
    }
    ExportListener.Part part =
        listener.begin(BuildEvent.TaskKind.EXPORT, "write " + target.name(), total);
    BuildEvent.Outcome outcome = BuildEvent.Outcome.FAILED;
    try {
      BlobArchive archive =
          new BlobArchive(
              target.open(),
              done -> {
                cancellation.check();
                part.moved(done);
              });
      writeBlobs(archive, blobs);
      archive.file("index.json", LayoutIndex.bytes(LayoutIndex.entries(images, names)));
      for (Map.Entry<String, byte[]> file : new TreeMap<>(more).entrySet()) {
        archive.file(file.getKey(), file.getValue());
      }
      archive.file("oci-layout", LayoutIndex.version());
      archive.finish();
      target.commit();
      outcome = BuildEvent.Outcome.DONE;
      return new ExportResult(images.root(), List.of(target.name()), List.of());
    } catch (IOException e) {
      cancellation.check();
      throw ExportException.of(target.name(), e);
    } finally {
      target.discard();
      part.finished(cancellation.isCancelled() ? BuildEvent.Outcome.CANCELLED : outcome, null);
    }
  }

  /** Every blob once, by digest. */
  private static Map<Descriptor, BlobContent> blobs(ExportedImages images) {
    Map<Digest, Descriptor> descriptors = new TreeMap<>();
    Map<Digest, BlobContent> contents = new TreeMap<>();
    for (OfferedLayer layer : images.layers().values()) {
      descriptors.put(layer.descriptor().digest(), layer.descriptor());
      contents.put(layer.descriptor().digest(), layer.content());
    }
    for (Map.Entry<Descriptor, byte[]> document : images.documents().entrySet()) {
      descriptors.put(document.getKey().digest(), document.getKey());
      contents.put(document.getKey().digest(), () -> new ByteArrayInputStream(document.getValue()));
    }
    Map<Descriptor, BlobContent> blobs = new java.util.LinkedHashMap<>();
    for (Map.Entry<Digest, Descriptor> each : descriptors.entrySet()) {
      blobs.put(each.getValue(), contents.get(each.getKey()));
    }
    return blobs;
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
