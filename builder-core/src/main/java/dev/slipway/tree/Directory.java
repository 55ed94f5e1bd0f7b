package dev.slipway.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A directory with its children in ascending order of their names' unsigned bytes. */
public final class Directory implements Entry {
  private static final byte[][] NO_NAMES = new byte[0][];
  private static final Entry[] NO_CHILDREN = new Entry[0];

  private final Metadata metadata;
  private final Origin origin;
  private final byte[][] names;
  private final Entry[] children;

  /** A directory without children. */
  public Directory(Metadata metadata, Origin origin) {
    this(metadata, origin, NO_NAMES, NO_CHILDREN);
  }

  /**
   * For {@link FileTreeBuilder}: the arrays are not copied.
   *
   * @param names in strictly ascending order
   */
  Directory(Metadata metadata, Origin origin, byte[][] names, Entry[] children) {
    this.metadata = metadata;
    this.origin = origin;
    this.names = names;
    this.children = children;
  }

  /**
   * A directory made in one go.
   *
   * @param names in strictly ascending order of unsigned bytes; neither array is copied
   * @throws IllegalArgumentException if they are not in order or not as many as the children
   */
  public static Directory of(Metadata metadata, Origin origin, byte[][] names, Entry[] children) {
    if (names.length != children.length) {
      throw new IllegalArgumentException(names.length + " names, " + children.length + " children");
    }
    for (int i = 1; i < names.length; i++) {
      if (Arrays.compareUnsigned(names[i - 1], names[i]) >= 0) {
        throw new IllegalArgumentException("names out of order");
      }
    }
    return new Directory(metadata, origin, names, children);
  }

  @Override
  public Kind kind() {
    return Kind.DIRECTORY;
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
    return false;
  }

  /** The number of children. */
  public int size() {
    return names.length;
  }

  /** The name of the child at {@code index}; not a copy, do not change it. */
  public byte[] nameAt(int index) {
    return names[index];
  }

  public Entry childAt(int index) {
    return children[index];
  }

  /** The child of that name, or null. */
  public @Nullable Entry child(byte[] name) {
    int index = Arrays.binarySearch(names, name, Arrays::compareUnsigned);
    return index < 0 ? null : children[index];
  }

  /** The same directory, its children too, with other metadata. */
  @Override
  public Directory withMetadata(Metadata newMetadata) {
    return new Directory(newMetadata, origin, names, children);
  }

  @Override
  public Directory withOrigin(Origin newOrigin) {
    return new Directory(metadata, newOrigin, names, children);
  }

  /** The same directory without children: the form that a {@link Change.Put} holds. */
  public Directory withoutChildren() {
    return names.length == 0 ? this : new Directory(metadata, origin);
  }

  @Override
  public boolean sameAs(Entry other) {
    return other instanceof Directory directory && directory.metadata.equals(metadata);
  }

  @Override
  public String toString() {
    return "Directory[" + metadata + ", " + names.length + " children]";
  }
}
