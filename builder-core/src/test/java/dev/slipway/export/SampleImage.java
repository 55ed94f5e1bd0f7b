package dev.slipway.export;

import dev.slipway.export.ExportedImages.ImageWithLayers;
import dev.slipway.oci.ContainerConfig;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.DiffId;
import dev.slipway.oci.Digest;
import dev.slipway.oci.HistoryEntry;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageConfig;
import dev.slipway.oci.Index;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.Platform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Small images for tests. */
public final class SampleImage {
  private SampleImage() {}

  /** An image with one gzip layer a text, which holds it as {@code /file<n>}. */
  public static ImageWithLayers of(String architecture, String... texts) throws IOException {
    return of(architecture, false, texts);
  }

  public static ImageWithLayers of(String architecture, boolean docker, String... texts)
      throws IOException {
    List<OfferedLayer> layers = new ArrayList<>();
    List<DiffId> diffIds = new ArrayList<>();
    List<HistoryEntry> history = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      byte[] tar = tar("file" + i, texts[i]);
      byte[] gzip = gzip(tar);
      MediaType type = docker ? MediaType.DOCKER_LAYER_GZIP : MediaType.OCI_LAYER_GZIP;
      layers.add(
          new OfferedLayer(Descriptor.of(type, gzip), () -> new ByteArrayInputStream(gzip), null));
      diffIds.add(new DiffId(Digest.of(tar)));
      history.add(new HistoryEntry("2026-01-01T00:00:00Z", "COPY file" + i + " /", "", "", false));
    }
    ImageConfig config =
        ImageConfig.empty(new Platform("linux", architecture))
            .withConfig(ContainerConfig.EMPTY.toBuilder().cmd(List.of("/file0")).build())
            .withDiffIds(diffIds)
            .withHistory(history);
    List<Descriptor> descriptors = layers.stream().map(OfferedLayer::descriptor).toList();
    return new ImageWithLayers(Image.of(config, descriptors, Map.of(), docker), layers);
  }

  public static ExportedImages single(String... texts) throws IOException {
    return new ExportedImages(null, List.of(of("amd64", texts)));
  }

  /** Two platforms that share their first layer. */
  public static ExportedImages multi() throws IOException {
    ImageWithLayers amd = of("amd64", "shared", "amd");
    ImageWithLayers arm = of("arm64", "shared", "arm");
    Index index =
        Index.of(
            MediaType.OCI_INDEX,
            List.of(amd.image().descriptor(), arm.image().descriptor()),
            Map.of());
    return new ExportedImages(index, List.of(amd, arm));
  }

  private static byte[] tar(String name, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(content.length);
      entry.setModTime(0);
      entry.setUserName("");
      entry.setGroupName("");
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] tar) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(tar);
    }
    return bytes.toByteArray();
  }
}
