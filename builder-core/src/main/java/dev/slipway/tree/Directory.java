package dev.slipway.tree;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A directory with its children in ascending order of their names' unsigned bytes. */
public final class Directory implements Entry {
  private final Metadata metadata;
  private final Origin origin;
  private final Children children;

  /** A directory without children. */
  public Directory(Metadata metadata, Origin origin) {
    this(metadata, origin, Children.NONE);
  }

  /**
   * For {@link FileTreeBuilder}: the arrays are not copied.
   *
   * @param names in strictly ascending order
   */
  Directory(Metadata metadata, Origin origin, byte[][] names, Entry[] children) {
    this(metadata, origin, new Children(names, children));
  }

  private Directory(Metadata metadata, Origin origin, Children children) {
    this.metadata = metadata;
    this.origin = origin;
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

  /**
   * A directory whose children are read when somebody first asks for one or for their number.
   *
   * @param whole gives a directory with these children; called by the thread that asks, while
   *     others wait, until it has once not thrown
   */
  public static Directory lazily(Metadata metadata, Origin origin, Supplier<Directory> whole) {
    return new Directory(metadata, origin, new Children(() -> whole.get().children));
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
    return children.names().length;
  }

  /** The name of the child at {@code index}; not a copy, do not change it. */
  public byte[] nameAt(int index) {
    return children.names()[index];
  }

  public Entry childAt(int index) {
    return children.entries()[index];
  }

  /** The child of that name, or null. */
  public @Nullable Entry child(byte[] name) {
    int index = Arrays.binarySearch(children.names(), name, Arrays::compareUnsigned);
    return index < 0 ? null : children.entries()[index];
  }

  /** The same directory, its children too, with other metadata. */
  @Override
  public Directory withMetadata(Metadata newMetadata) {
    return new Directory(newMetadata, origin, children);
  }

  @Override
  public Directory withOrigin(Origin newOrigin) {
    return new Directory(metadata, newOrigin, children);
  }

  /** The same directory without children: the form that a {@link Change.Put} holds. */
  public Directory withoutChildren() {
    return children == Children.NONE ? this : new Directory(metadata, origin);
  }

  @Override
  public boolean sameAs(Entry other) {
    return other instanceof Directory directory && directory.metadata.equals(metadata);
  }

  @Override
  public String toString() {
    return "Directory[" + metadata + ", " + size() + " children]";
  }
}
