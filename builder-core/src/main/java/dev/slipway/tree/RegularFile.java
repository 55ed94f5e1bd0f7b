package dev.slipway.tree;

/**
 * A file with content.
 *
 * @param size the number of bytes of the content
 * @param linked whether another path may hold this same object
 */
public record RegularFile(
    Metadata metadata, Origin origin, long size, Content content, boolean linked) implements Entry {

  /** A file with one name. */
  public RegularFile(Metadata metadata, Origin origin, Content content) {
    this(metadata, origin, content.size(), content, false);
  }

  @Override
  public Kind kind() {
    return Kind.FILE;
  }

  @Override
  public RegularFile withMetadata(Metadata newMetadata) {
    return new RegularFile(newMetadata, origin, size, content, linked);
  }

  @Override
  public RegularFile withOrigin(Origin newOrigin) {
    return new RegularFile(metadata, newOrigin, size, content, linked);
  }

  public RegularFile withLinked(boolean newLinked) {
    return new RegularFile(metadata, origin, size, content, newLinked);
  }

  @Override
  public boolean sameAs(Entry other) {
    return other instanceof RegularFile file
        && file.size == size
        && file.metadata.equals(metadata)
        && sameContent(content, file.content);
  }

  private static boolean sameContent(Content one, Content other) {
    if (one.equals(other)) {
      return true;
    }
    String digest = one.digestIfKnown();
    return digest != null && digest.equals(other.digestIfKnown());
  }
}
