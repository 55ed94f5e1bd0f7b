package dev.slipway.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Digest;
import dev.slipway.oci.ImageSource;
import dev.slipway.oci.Index;
import dev.slipway.oci.Json;
import dev.slipway.oci.LayoutNames;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaType;
import dev.slipway.oci.OciException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The images of an OCI layout. Image-spec, image-layout.md. */
final class LayoutContents implements ImageArchive.Contents {
  private static final int MAX_VERSION_FILE = 64 << 10;

  private final ArchiveFiles files;
  private final Index index;

  private LayoutContents(ArchiveFiles files, Index index) {
    this.files = files;
    this.index = index;
  }

  static LayoutContents read(ArchiveFiles files) throws IOException {
    if (files.find("oci-layout") != null) {
      ObjectNode layout =
          Json.parseObject(files.read("oci-layout", MAX_VERSION_FILE), "oci-layout");
      String version = layout.path("imageLayoutVersion").asText("");
      if (!version.startsWith("1.")) {
        throw new ArchiveException(
            "\""
                + files.where()
                + "\" is an oci layout of version \""
                + version
                + "\", expected 1.0.0");
      }
    }
    byte[] bytes = files.read("index.json", Manifest.MAX_SIZE);
    try {
      return new LayoutContents(files, Index.parse(bytes, MediaType.OCI_INDEX));
    } catch (OciException e) {
      throw new ArchiveException(
          "index.json of \"" + files.where() + "\" is none: " + e.getMessage(), null, e);
    }
  }

  @Override
  public List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Descriptor each : index.manifests()) {
      String name = LayoutNames.of(each);
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  @Override
  public ImageSource find(@Nullable String name) {
    return new LayoutImage(files, name == null ? only() : named(name), index);
  }

  /** Where nobody says which: one image, under however many names; or images of one index. */
  private Descriptor only() {
    Set<Digest> digests = new LinkedHashSet<>();
    boolean platforms = true;
    for (Descriptor each : index.manifests()) {
      digests.add(each.digest());
      platforms &= each.platform() != null && LayoutNames.of(each).isEmpty();
    }
    if (digests.size() == 1) {
      return index.manifests().get(0);
    }
    if (platforms && !digests.isEmpty()) {
      return index.descriptor();
    }
    return named("latest");
  }

  private Descriptor named(String name) {
    List<Descriptor> found = new ArrayList<>();
    for (Descriptor each : index.manifests()) {
      if (name.equals(each.digest().toString())
          || name.equals(each.annotations().get(LayoutNames.REF_NAME))
          || name.equals(each.annotations().get(LayoutNames.IMAGE_NAME))) {
        if (found.stream().noneMatch(other -> other.digest().equals(each.digest()))) {
          found.add(each);
        }
      }
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    String there = names().isEmpty() ? "it has no names" : "it has " + String.join(", ", names());
    throw new ArchiveException(
        "\""
            + files.where()
            + "\" has "
            + (found.isEmpty() ? "no image" : "several images")
            + " \""
            + name
            + "\"",
        there,
        null);
  }
}
