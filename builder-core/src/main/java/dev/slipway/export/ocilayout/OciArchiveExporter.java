package dev.slipway.export.ocilayout;

import dev.slipway.export.ExportListener;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.Exporter;
import dev.slipway.export.OfferedLayer;
import dev.slipway.export.OutputTarget;
import dev.slipway.progress.Cancellation;
import dev.slipway.reference.ImageReference;
import java.util.List;
import java.util.Map;

/** Writes an OCI layout as a tar archive. */
public final class OciArchiveExporter implements Exporter {
  private final OutputTarget target;
  private final List<ImageReference> names;
  private final ExportListener listener;
  private final Cancellation cancellation;

  /**
   * @param names what the image is called in it; may be empty
   */
  public OciArchiveExporter(
      OutputTarget target,
      List<ImageReference> names,
      ExportListener listener,
      Cancellation cancellation) {
    this.target = target;
    this.names = List.copyOf(names);
    this.listener = listener;
    this.cancellation = cancellation;
  }

  /** An archive is written in the order of its names, which are digests: at the end. */
  @Override
  public void offer(OfferedLayer layer) {}

  @Override
  public ExportResult commit(ExportedImages images) {
    return LayoutArchive.write(target, images, names, Map.of(), listener, cancellation);
  }

  @Override
  public void close() {
    target.discard();
  }
}
