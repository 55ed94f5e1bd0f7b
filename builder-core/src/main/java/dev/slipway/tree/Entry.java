package dev.slipway.tree;

/**
 * A thing that a directory can hold. Entries are immutable and do not know their names.
 *
 * <p>Hard links: two paths that hold <em>the same object</em> are two names of one file. Only
 * entries that say {@link #linked} can be so held, so only these need to be looked at by identity.
 */
public sealed interface Entry permits Directory, RegularFile, Symlink, Device {
  /** What kind of entry this is, for a {@code switch}. */
  enum Kind {
    DIRECTORY,
    FILE,
    SYMLINK,
    DEVICE
  }

  Kind kind();

  Metadata metadata();

  Origin origin();

  /** Whether more than one path may hold this object. */
  boolean linked();

  /** The same entry with other metadata: a new object, so no longer linked to this one's names. */
  Entry withMetadata(Metadata newMetadata);

  Entry withOrigin(Origin newOrigin);

  /**
   * Whether both look the same to a program that reads them by one name each: origins and links are
   * not compared, nor are a directory's children. Content is the same if the handles are equal or
   * both digests are known and equal.
   */
  boolean sameAs(Entry other);
}
