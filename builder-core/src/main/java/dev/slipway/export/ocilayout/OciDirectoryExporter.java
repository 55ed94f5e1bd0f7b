package dev.slipway.export.ocilayout;

import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.Exporter;
import dev.slipway.export.OfferedLayer;
import dev.slipway.export.OutputWriting;
import dev.slipway.reference.ImageReference;
import java.nio.file.Path;
import java.util.List;

/** Writes images into a {@link LayoutDirectory}. */
public final class OciDirectoryExporter implements Exporter {
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
          new LayoutDirectory(directory, writing.cancellation()::check)
              .add(LayoutIndex.entries(images, names), images.blobs(), part::moved);
          return new ExportResult(images.root(), List.of(directory.toString()), List.of());
        });
  }

  /** Nothing to do: a commit that fails leaves nothing. */
  @Override
  public void close() {}
}
