package dev.slipway.tree;

/**
 * A device node or a FIFO.
 *
 * @param major the device's major number; 0 for a FIFO
 * @param minor the device's minor number; 0 for a FIFO
 * @param linked whether another path may hold this same object
 */
public record Device(
    Metadata metadata, Origin origin, Type type, int major, int minor, boolean linked)
    implements Entry {
  /** The three kinds of node. */
  public enum Type {
    CHARACTER,
    BLOCK,
    FIFO
  }

  public Device(Metadata metadata, Origin origin, Type type, int major, int minor) {
    this(metadata, origin, type, major, minor, false);
  }

  @Override
  public Kind kind() {
    return Kind.DEVICE;
  }

  @Override
  public Device withMetadata(Metadata newMetadata) {
    return new Device(newMetadata, origin, type, major, minor, linked);
  }

  @Override
  public Device withOrigin(Origin newOrigin) {
    return new Device(metadata, newOrigin, type, major, minor, linked);
  }

  public Device withLinked(boolean newLinked) {
    return new Device(metadata, origin, type, major, minor, newLinked);
  }

  @Override
  public boolean sameAs(Entry other) {
    return other instanceof Device device
        && device.type == type
        && device.major == major
        && device.minor == minor
        && device.metadata.equals(metadata);
  }
}
