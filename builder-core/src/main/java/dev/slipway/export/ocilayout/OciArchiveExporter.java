package dev.slipway.export.ocilayout;

import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.Exporter;
import dev.slipway.export.OfferedLayer;
import dev.slipway.export.OutputTarget;
import dev.slipway.export.OutputWriting;
import dev.slipway.reference.ImageReference;
import java.util.List;
import java.util.Map;

/** Writes an OCI layout as a tar archive. */
public class OciArchiveExporter implements Exporter {
  private final OutputTarget target;
  private final List<ImageReference> names;
  private final OutputWriting writing;

  /**
   * @param names what the image is called in it; may be empty
   */
  public OciArchiveExporter(
      OutputTarget target, List<ImageReference> names, OutputWriting writing) {
    this.target = target;
    this.names = List.copyOf(names);
    this.writing = writing;
  }

  /** An archive is written in the order of its names, which are digests: at the end. */
  @Override
  public final void offer(OfferedLayer layer) {}

  @Override
  public ExportResult commit(ExportedImages images) {
    return LayoutArchive.write(target, images, names, more(images), writing);
  }

  /** The files beside those of a layout, by name. */
  protected Map<String, byte[]> more(ExportedImages images) {
    return Map.of();
  }

  @Override
  public final void close() {
    target.discard();
  }
}
