package dev.slipway.layer;

/** What names that begin with {@code .wh.} mean in an archive. */
public enum Whiteouts {
  /** As in a layer: what is so named is gone. Image-spec, layer.md, "Whiteouts". */
  APPLIED,
  /** As in any other archive: they are names like others. */
  LITERAL
}
