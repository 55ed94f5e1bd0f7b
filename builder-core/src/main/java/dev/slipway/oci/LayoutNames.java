package dev.slipway.oci;

/** What the entries of a layout's {@code index.json} are called. Image-spec, annotations.md. */
public final class LayoutNames {
  /** A tag, as the specification's tools look for it. */
  public static final String REF_NAME = "org.opencontainers.image.ref.name";

  /** The whole name, as containerd and Docker look for it. */
  public static final String IMAGE_NAME = "io.containerd.image.name";

  private LayoutNames() {}

  /** The whole name if there is one, else the tag; empty where it has neither. */
  public static String of(Descriptor entry) {
    String full = entry.annotations().getOrDefault(IMAGE_NAME, "");
    return full.isEmpty() ? entry.annotations().getOrDefault(REF_NAME, "") : full;
  }
}
