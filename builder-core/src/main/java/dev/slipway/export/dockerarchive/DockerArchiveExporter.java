package dev.slipway.export.dockerarchive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.export.BlobArchive;
import dev.slipway.export.ExportException;
import dev.slipway.export.ExportResult;
import dev.slipway.export.ExportedImages;
import dev.slipway.export.OutputTarget;
import dev.slipway.export.OutputWriting;
import dev.slipway.export.ocilayout.OciArchiveExporter;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Image;
import dev.slipway.oci.Json;
import dev.slipway.reference.ImageReference;
import java.util.List;
import java.util.Map;

/**
 * Writes the archive that {@code docker load} takes. As buildx does, it is an OCI layout with a
 * {@code manifest.json} more, so that either kind of reader finds its own.
 */
public final class DockerArchiveExporter extends OciArchiveExporter {
  private final List<ImageReference> names;

  /**
   * @param names what the image is called once loaded; may be empty
   */
  public DockerArchiveExporter(
      OutputTarget target, List<ImageReference> names, OutputWriting writing) {
    super(target, names, writing);
    this.names = List.copyOf(names);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ExportException also if there is more than one image
   */
  @Override
  public ExportResult commit(ExportedImages images) {
    if (images.images().size() != 1) {
      throw new ExportException(
          "a docker archive holds one image, but "
              + images.images().size()
              + " were built for several platforms",
          "write them as type=oci, or build for one platform",
          null);
    }
    return super.commit(images);
  }

  @Override
  protected Map<String, byte[]> more(ExportedImages images) {
    return Map.of("manifest.json", manifest(images.images().get(0).image()));
  }

  private byte[] manifest(Image image) {
    ObjectNode entry = Json.object();
    entry.put("Config", BlobArchive.name(image.manifest().config()));
    ArrayNode tags = entry.putArray("RepoTags");
    for (ImageReference name : names) {
      tags.add(name.withDigest(null).withDefaultTag().familiar());
    }
    ArrayNode layers = entry.putArray("Layers");
    for (Descriptor layer : image.manifest().layers()) {
      layers.add(BlobArchive.name(layer));
    }
    return Json.write(Json.array().add(entry));
  }
}
