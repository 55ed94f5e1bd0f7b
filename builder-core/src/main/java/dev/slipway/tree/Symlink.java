package dev.slipway.tree;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A symbolic link. Its target is bytes, never interpreted here. */
public final class Symlink implements Entry {
  private final Metadata metadata;
  private final Origin origin;
  private final byte[] target;
  private final boolean linked;

  public Symlink(Metadata metadata, Origin origin, byte[] target, boolean linked) {
    this.metadata = metadata;
    this.origin = origin;
    this.target = target.clone();
    this.linked = linked;
  }

  public Symlink(Metadata metadata, Origin origin, String target) {
    this(metadata, origin, target.getBytes(StandardCharsets.UTF_8), false);
  }

  @Override
  public Kind kind() {
    return Kind.SYMLINK;
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public boolean linked() {
    return linked;
  }

  /** The target as it is written in the link; a copy. */
  public byte[] target() {
    return target.clone();
  }

  /** The target for people: bytes that are not UTF-8 are replaced. */
  public String targetText() {
    return new String(target, StandardCharsets.UTF_8);
  }

  @Override
  public Symlink withMetadata(Metadata newMetadata) {
    return new Symlink(newMetadata, origin, target, linked);
  }

  @Override
  public Symlink withOrigin(Origin newOrigin) {
    return new Symlink(metadata, newOrigin, target, linked);
  }

  public Symlink withLinked(boolean newLinked) {
    return new Symlink(metadata, origin, target, newLinked);
  }

  @Override
  public boolean sameAs(Entry other) {
    return other instanceof Symlink link
        && link.metadata.equals(metadata)
        && Arrays.equals(link.target, target);
  }

  @Override
  public String toString() {
    return "Symlink[" + metadata + ", " + targetText() + "]";
  }
}
