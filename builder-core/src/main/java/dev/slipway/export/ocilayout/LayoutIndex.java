package dev.slipway.export.ocilayout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.export.ExportedImages;
import dev.slipway.oci.Descriptor;
import dev.slipway.oci.Index;
import dev.slipway.oci.Json;
import dev.slipway.oci.LayoutNames;
import dev.slipway.oci.MediaType;
import dev.slipway.reference.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The {@code index.json} and {@code oci-layout} of a layout. Image-spec, image-layout.md. */
public final class LayoutIndex {
  private static final String CREATED = "org.opencontainers.image.created";

  private LayoutIndex() {}

  /**
   * Names the root of {@code images}: one descriptor a name, one without names for none. Each tells
   * when the image was made, as its configuration does.
   */
  public static List<Descriptor> entries(ExportedImages images, List<ImageReference> names) {
    Descriptor root = images.root();
    if (images.index() == null) {
      root = root.withPlatform(images.images().get(0).image().platform());
    }
    String created = images.images().get(0).image().config().created();
    if (!created.isEmpty()) {
      root = root.withAnnotation(CREATED, created);
    }
    if (names.isEmpty()) {
      return List.of(root);
    }
    List<Descriptor> entries = new ArrayList<>();
    for (ImageReference name : names) {
      Map<String, String> annotations = new TreeMap<>(root.annotations());
      annotations.put(LayoutNames.IMAGE_NAME, name.withDigest(null).withDefaultTag().toString());
      annotations.put(
          LayoutNames.REF_NAME, name.tag() == null ? ImageReference.LATEST : name.tag());
      entries.add(root.withAnnotations(annotations));
    }
    return entries;
  }

  /** An entry that is called by a tag alone. */
  public static Descriptor tagged(Descriptor root, String tag) {
    return root.withAnnotations(Map.of(LayoutNames.REF_NAME, tag));
  }

  /** The bytes of {@code index.json}. */
  public static byte[] bytes(List<Descriptor> entries) {
    return Index.of(MediaType.OCI_INDEX, entries, Map.of()).bytes();
  }

  /** The bytes of {@code oci-layout}. */
  public static byte[] version() {
    ObjectNode node = Json.object();
    node.put("imageLayoutVersion", "1.0.0");
    return Json.write(node);
  }
}
